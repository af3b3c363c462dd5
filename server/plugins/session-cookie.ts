// The cookie of a session: opaque, out of reach of scripts, sent to nobody else's pages, and with https bound to this very host
// (RFC 6265bis, 4.1.3.2). It lives as long as the browser; how long it counts is the database's business.
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

type CookieConfig = Pick<Config, 'publicUrl'>;

const isSecure = ({ publicUrl }: CookieConfig): boolean => publicUrl?.startsWith('https:') ?? false;

/** `__Host-` makes browsers refuse a cookie of that name from a neighbouring host or over plain http. */
export const cookieName = (config: CookieConfig, word: string): string =>
  `${isSecure(config) ? '__Host-' : ''}zhanzhi_${word}`;

export const cookieOptions = (config: CookieConfig): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict',
  secure: isSecure(config),
});

export function setSessionCookie(reply: FastifyReply, config: CookieConfig, value: string): void {
  reply.setCookie(cookieName(config, 'session'), value, cookieOptions(config));
}

export function clearSessionCookie(reply: FastifyReply, config: CookieConfig): void {
  reply.clearCookie(cookieName(config, 'session'), cookieOptions(config));
}

export const sessionCookieOf = (request: FastifyRequest, config: CookieConfig): string | undefined =>
  request.cookies[cookieName(config, 'session')];
