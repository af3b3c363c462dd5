// Words of photos of cases and resources. Kinds and warnings keep the values of the data as their keys.
export const messages = {
  title: 'Photos',
  kindLabel: 'Kind of photo',
  kind: {
    全景: 'Overview',
    安装位置: 'Mounting place',
    电源: 'Power',
    传输: 'Transmission',
    机房: 'Room',
    开通证据: 'Evidence',
    其他: 'Other',
  },
  add: 'Add photos',
  note: 'JPEG, PNG or WebP, several at once.',
  none: 'There are no photos yet.',
  remove: 'Delete the photo',
  removeAsk: 'Delete this photo?',
  keep: 'Keep it',
  told: { create: 'Photo added', remove: 'Photo deleted' },
  far: { case: 'Taken {{distance}} from the site', resource: 'Taken {{distance}} from the resource' },
  warning: {
    far: 'Taken far away',
    'no-position': 'No position in the photo',
    'no-time': 'No time in the photo',
    future: 'Taken in the future',
  },
  refused: {
    type: 'No JPEG, PNG or WebP photo; it was not sent.',
    heic: 'Browsers do not show HEIC photos; set the phone to “most compatible” or convert to JPEG.',
    size: 'Larger than 10 MB; make it smaller.',
    empty: 'The file is empty; choose it again.',
  },
};
