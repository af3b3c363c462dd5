// What a command prints about the first start. The code and the demonstration's password are said here and nowhere else.
import { DEMO_PASSWORD } from './demo-accounts.ts';
import { FIRST_LOGIN, type FirstStart } from './first-start.ts';

/** Lines for people; none when nothing was to be done. */
export function tellFirstStart(start: FirstStart): string[] {
  if (start.kind === 'demo') {
    return [
      `演示账号（仅限本机）demonstration accounts, this machine only: ${start.logins.join(', ')}`,
      `  口令 password: ${DEMO_PASSWORD}`,
    ];
  }
  if (start.kind === 'password') {
    return [
      `管理员 ${FIRST_LOGIN} 的口令已按 ZHANZHI_ADMIN_PASSWORD 设置，现在可从设置中删去。`,
      `administrator "${FIRST_LOGIN}" has the password of ZHANZHI_ADMIN_PASSWORD, which can leave the settings now.`,
    ];
  }
  if (start.kind === 'code') {
    return [
      `首次设置码 setup code (once): ${start.code}`,
      `  打开页面输入它，并为 ${FIRST_LOGIN} 设置口令。 Open the page, type it and choose the password of "${FIRST_LOGIN}".`,
    ];
  }
  return [];
}
