// The sizes of a page, in one place: tables offer them, addresses are checked against them.
/** How many rows a page of a table may hold; the service gives at most a thousand. */
export const pageSizes = [100, 200, 500, 1000] as const;
