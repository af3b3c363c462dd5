// Attachments over HTTP: who adds, sees and removes which, on problems, cases, relocations and resources; evidence for closing; hostile
// files; calls that come twice; files and rows that stay in step.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachmentKinds, attachmentNouns, MOST_ATTACHMENTS } from '../../../engine/index.ts';
import {
  type AttachmentJson,
  type AttachmentListJson,
  attachmentPaths,
} from '../../../server/contract/attachments.ts';
import type { TimelineJson } from '../../../server/contract/cases.ts';
import type { ProblemDetailJson, ProblemJson } from '../../../server/contract/problems.ts';
import { scopedStore } from '../../../server/store/scoped-store.ts';
import { aPdf } from '../../support/a-pdf.ts';
import { aJpeg } from '../../support/a-photo.ts';
import { openTestStores } from '../../support/stores.ts';
import { upload } from '../app-on-town.ts';
import {
  type Login,
  MOBILE,
  makeCase,
  makeSite,
  openSiteCases,
  peopleOfCases,
  TOWER,
  UNICOM,
} from '../cases/a-site-case.ts';
import { type Browser, codeOf, openPeopleApp, type PeopleApp } from '../people/people-app.ts';
import { aPrincipal, context, OWN, OWN_TOWN, tryOut } from '../permission/two-districts.ts';

const stores = await openTestStores();
afterAll(async () => {
  for (const opened of stores) await opened.close();
});

type Noun = (typeof attachmentNouns)[number];

for (const { store } of stores) {
  describe(`attachments on the ${store.kind} store`, () => {
    const photoDir = mkdtempSync(join(tmpdir(), 'zhanzhi-attachments-'));
    let app: PeopleApp;
    let people: Record<Login, Browser>;

    beforeAll(async () => {
      await openSiteCases(store);
      app = await openPeopleApp(store, { photoDir, requestsPerMinute: 100_000 });
      people = await peopleOfCases(app);
      await makeSite(store, { id: 'here' });
      await makeCase(store, { id: 'case here', siteId: 'here', state: '报建备案', company: TOWER });
      await makeSite(store, { id: 'there', foreign: true });
      await makeCase(store, {
        id: 'case there',
        siteId: 'there',
        state: '建设',
        operator: UNICOM,
        company: TOWER,
      });
      await store.query(
        `insert into relocations (id, cause, project, district_code, town_code, owner, state)
         values ('relocation here', '道路改造', '某路', $1, $2, '产权甲', '登记'),
                ('relocation there', '道路改造', '某路', '310902', '', '', '登记')`,
        [OWN, OWN_TOWN],
      );
    });
    afterAll(async () => {
      await app.app.close();
      rmSync(photoDir, { recursive: true });
    });

    const pathOf = (noun: Noun, id: string) =>
      `/api/${attachmentPaths[noun]}/${encodeURIComponent(id)}/attachments`;
    const send = (
      who: Browser,
      noun: Noun,
      id: string,
      content: Uint8Array,
      { kind = '协议', name = '协议.pdf', key = randomUUID() as string } = {},
    ) => {
      const { payload, headers } = upload(name, content);
      const url = `${pathOf(noun, id)}?kind=${encodeURIComponent(kind)}`;
      return who.ask('POST', url, payload, { ...headers, 'idempotency-key': key });
    };
    const sent = async (...given: Parameters<typeof send>): Promise<AttachmentJson> => {
      const reply = await send(...given);
      expect([reply.statusCode, reply.payload]).toEqual([201, reply.payload]);
      return reply.json();
    };
    const list = async (who: Browser, noun: Noun, id: string) =>
      (await who.ask('GET', pathOf(noun, id))).json<AttachmentListJson>();
    const urlOf = ({ noun, objectId, id }: AttachmentJson) => `${pathOf(noun, objectId)}/${id}`;
    const files = () =>
      readdirSync(photoDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
        .length;
    let made = 0;
    /** No two alike. */
    const aPaper = () => aPdf({ catalogue: `/Paper ${++made}` });
    const aPicture = () => aJpeg({ width: 200 + ++made });

    const raise = async (who: Browser) =>
      (
        await who.ask(
          'POST',
          '/api/problems',
          { category: '进场难', title: '不让进场', objects: [{ noun: 'resource', id: 'resource here' }] },
          { 'idempotency-key': randomUUID() },
        )
      ).json<ProblemJson>();
    const look = async (id: string) =>
      (await people.city.ask('GET', `/api/problems/${id}`)).json<ProblemDetailJson>().problem;
    const move = async (who: Browser, id: string, to: string, reason = '按程序办理') =>
      who.ask(
        'POST',
        `/api/problems/${id}/moves`,
        { to, reason },
        { 'idempotency-key': randomUUID(), 'if-match': String((await look(id)).version) },
      );
    /** In the hands of the tower company. */
    const handled = async (who: Browser) => {
      const { id } = await raise(who);
      await people.district.ask(
        'POST',
        `/api/problems/${id}/assignment`,
        { ownerUnit: TOWER },
        { 'idempotency-key': randomUUID(), 'if-match': String((await look(id)).version) },
      );
      expect((await move(people.tower, id, '处理中')).statusCode).toBe(200);
      return id;
    };

    test('a paper is evidence for closing a problem; what was closed on it stays, also after it is reopened', async () => {
      const id = await handled(people.mobile);
      // whoever raised it shows what is wrong; that closes nothing
      const shown = await sent(people.mobile, 'problem', id, aJpeg({ width: 60 }), {
        kind: '现场照片',
        name: '现场.jpg',
      });
      expect([shown.isEvidence, shown.removable, shown.pages, shown.width]).toEqual([false, true, null, 60]);
      expect(codeOf(await move(people.tower, id, '待确认'))).toBe('STATE_FIELDS_MISSING');
      const tower = scopedStore(
        store,
        aPrincipal('tower', { accountId: 'somebody', organisation: TOWER }),
        context,
      );
      const forge = () => tryOut(tower, "update problems set state = '待确认' where id = $1", [id]);
      expect((await forge()).refused).toBe('STORE_CONSTRAINT');

      const paper = await sent(people.tower, 'problem', id, aPaper());
      expect(paper).toMatchObject({ kind: '协议', isEvidence: true, pages: 1, mediaType: 'application/pdf' });
      expect(await look(id)).toMatchObject({ evidence: 0, evidenceFiles: 1 });
      expect((await forge()).refused).toBe(null);
      expect((await people.tower.ask('DELETE', urlOf(paper))).statusCode).toBe(204);
      expect(codeOf(await move(people.tower, id, '待确认'))).toBe('STATE_FIELDS_MISSING');

      const content = aPicture();
      const kept = await sent(people.tower, 'problem', id, content, { key: 'the-last-evidence' });
      expect((await move(people.tower, id, '待确认')).statusCode).toBe(200);
      expect(codeOf(await people.tower.ask('DELETE', urlOf(kept)))).toBe('ATTACHMENT_STAYS');
      expect((await move(people.mobile, id, '已销号')).statusCode).toBe(200);
      expect(codeOf(await send(people.tower, 'problem', id, aPicture()))).toBe('ATTACHMENT_CLOSED');
      expect((await list(people.tower, 'problem', id)).mayAdd).toBe(false);
      // the answer got lost, and meanwhile it was closed
      const retry = await send(people.tower, 'problem', id, content, { key: 'the-last-evidence' });
      expect([retry.statusCode, retry.json<AttachmentJson>().id]).toEqual([201, kept.id]);

      expect((await move(people.mobile, id, '处理中', '又不让进场')).json()).toMatchObject({
        evidenceFiles: 0,
      });
      const after = await list(people.tower, 'problem', id);
      expect(after.attachments.map((one) => [one.id, one.isEvidence, one.removable])).toEqual([
        [shown.id, false, false],
        [kept.id, false, false],
      ]);
      expect(codeOf(await people.tower.ask('DELETE', urlOf(kept)))).toBe('ATTACHMENT_STAYS');
      expect(codeOf(await move(people.tower, id, '待确认'))).toBe('STATE_FIELDS_MISSING');
      await sent(people.tower, 'problem', id, aPicture());
      expect((await move(people.tower, id, '待确认')).statusCode).toBe(200);
    });

    test('whoever acts on a thing adds to it, whoever reads it sees, and nobody else knows of it', async () => {
      const problem = await handled(people.planner);
      const adders: Readonly<Record<Noun, readonly [id: string, logins: readonly Login[]]>> = {
        // a town where it is in charge, helps or raised it
        problem: [problem, ['planner', 'tower', 'rival', 'district', 'city']],
        case: ['case here', ['tower', 'mobile']],
        relocation: ['relocation here', ['tower', 'rival', 'owner', 'district', 'city']],
        resource: ['resource here', ['planner', 'tower', 'rival', 'owner', 'admin']],
      };
      const logins = Object.keys(people) as Login[];
      for (const noun of attachmentNouns) {
        const [id, may] = adders[noun];
        for (const login of logins) {
          const reply = await people[login].ask('GET', pathOf(noun, id));
          const mayRead = reply.statusCode === 200;
          expect([noun, login, mayRead && reply.json<AttachmentListJson>().mayAdd]).toEqual([
            noun,
            login,
            may.includes(login),
          ]);
          const added = await send(people[login], noun, id, aPicture());
          const refused = mayRead ? 403 : reply.statusCode;
          expect([noun, login, added.statusCode]).toEqual([noun, login, may.includes(login) ? 201 : refused]);
        }
        const { attachments } = await list(people.tower, noun, id);
        expect(attachments.map(({ uploader }) => uploader)).toEqual(
          logins.filter((login) => may.includes(login)).map((login) => `某人 ${login}`),
        );
        // only one's own, and only at its own address
        const [mine] = attachments.filter(({ removable }) => removable);
        const other = attachments.find(({ uploader }) => uploader !== '某人 tower')!;
        expect([mine?.uploader, attachments.filter(({ removable }) => removable).length]).toEqual([
          '某人 tower',
          1,
        ]);
        expect(codeOf(await people.tower.ask('DELETE', urlOf(other)))).toBe('PERMISSION_DENIED');
        const elsewhere = pathOf(
          noun === 'case' ? 'resource' : 'case',
          noun === 'case' ? 'resource here' : 'case here',
        );
        expect(codeOf(await people.tower.ask('GET', `${elsewhere}/${mine!.id}`))).toBe('ATTACHMENT_UNKNOWN');
        expect((await people.tower.ask('DELETE', urlOf(mine!))).statusCode).toBe(204);
      }
      for (const [noun, id] of [
        ['case', 'case there'],
        ['relocation', 'relocation there'],
        ['resource', 'resource there'],
      ] as const) {
        const unknown = `${noun.toUpperCase()}_UNKNOWN`;
        expect(codeOf(await people.tower.ask('GET', pathOf(noun, id)))).toBe(unknown);
        expect(codeOf(await send(people.tower, noun, id, aPicture()))).toBe(unknown);
      }
    });

    test('the database asks again, and masked names tell no place', async () => {
      const place = await sent(people.owner, 'resource', 'resource here', aPaper(), {
        name: '121.030123, 31.050987 协议.pdf',
      });
      const operator = scopedStore(store, aPrincipal('operator', { organisation: MOBILE }), context);
      const insert = (noun: Noun, id: string) =>
        `insert into public.attachments (id, noun, object_id, kind, digest, sent_digest, media_type, bytes, pages)
         values ('forged', '${noun}', '${id}', '其他', repeat('d', 64), repeat('d', 64), 'application/pdf', 1, 1)`;
      expect((await tryOut(operator, insert('resource', 'resource here'))).refused).toBe('STORE_DENIED');
      expect((await tryOut(operator, insert('case', 'case there'))).refused).toBe('STORE_DENIED');
      expect((await tryOut(operator, "delete from public.attachments where id <> ''")).rowCount).toBe(0);
      expect((await tryOut(operator, 'select file_name from public.attachments')).refused).toBe(
        'STORE_DENIED',
      );
      const district = scopedStore(store, aPrincipal('district'), context);
      expect((await tryOut(district, insert('resource', 'resource here'))).refused).toBe('STORE_DENIED');
      expect((await tryOut(district, 'update attachments set is_evidence = true')).refused).toBe(
        'STORE_DENIED',
      );
      const seen = await list(people.mobile, 'resource', 'resource here');
      expect(seen.attachments.find(({ id }) => id === place.id)?.fileName).not.toMatch(/121\.0301|31\.0509/);
      const shown = await people.mobile.ask('GET', urlOf(place));
      expect(decodeURIComponent(String(shown.headers['content-disposition']))).not.toMatch(/121\.0301/);
    });

    test('a PDF is handed over and never shown, a picture is shown without its metadata', async () => {
      const content = aPaper();
      const paper = await sent(people.tower, 'case', 'case here', content, {
        name: "../../EMF 备案'.pdf",
        kind: '备案',
      });
      const handed = await people.mobile.ask('GET', urlOf(paper));
      expect([handed.statusCode, handed.rawPayload.equals(content)]).toEqual([200, true]);
      expect(handed.headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="EMF ___.pdf"; filename*=UTF-8''${encodeURIComponent("EMF 备案'").replace("'", '%27')}.pdf`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
        'cache-control': 'private, no-cache',
      });
      const again = { 'if-none-match': String(handed.headers.etag) };
      expect((await people.mobile.ask('GET', urlOf(paper), undefined, again)).statusCode).toBe(304);
      expect((await people.owner.ask('GET', urlOf(paper), undefined, again)).statusCode).toBe(403);

      const camera = { takenAt: '2026:03:02 10:00:00', position: [121.030123, 31.050987] as const };
      const picture = await sent(people.mobile, 'case', 'case here', aJpeg({ width: 44, camera }), {
        name: '开通.jpg',
      });
      const shown = await people.tower.ask('GET', urlOf(picture));
      expect(shown.headers['content-disposition']).toBe(`inline; filename="${picture.id}.jpg"`);
      for (const left of ['Exif', '2026:03:02']) expect(shown.rawPayload.includes(left)).toBe(false);
      // an operator takes away what it brought, through the view that hides the rest
      expect((await people.mobile.ask('DELETE', urlOf(picture))).statusCode).toBe(204);
    });

    test('the same call is one act, the same file one attachment, and no thing takes more than its limit', async () => {
      const id = await handled(people.planner);
      const content = aPicture();
      const first = await send(people.tower, 'problem', id, content, { key: 'the-first-paper' });
      const retry = await send(people.tower, 'problem', id, content, { key: 'the-first-paper' });
      expect([retry.statusCode, retry.headers['idempotency-replayed'], retry.json()]).toEqual([
        201,
        'true',
        first.json(),
      ]);
      expect(codeOf(await send(people.tower, 'problem', id, aPicture(), { key: 'the-first-paper' }))).toBe(
        'IDEMPOTENCY_KEY_REUSED',
      );
      const same = await send(people.rival, 'problem', id, content, { kind: '其他' });
      expect([same.statusCode, same.json<AttachmentJson>().id]).toEqual([
        200,
        first.json<AttachmentJson>().id,
      ]);
      await store.query(
        `insert into attachments (id, noun, object_id, kind, digest, sent_digest, media_type, bytes, pages)
         select 'more ' || n, 'problem', $1, '其他', md5(n::text) || md5(n::text), md5(n::text) || md5(n::text), 'application/pdf', 1, 1
           from generate_series(2, ${MOST_ATTACHMENTS - 1}) as n`,
        [id],
      );
      const race = await Promise.all(
        [aPicture(), aPicture()].map((picture) => send(people.tower, 'problem', id, picture)),
      );
      expect(race.map(({ statusCode }) => statusCode).sort()).toEqual([201, 422]);
      const refused = race.find(({ statusCode }) => statusCode === 422)!;
      expect([codeOf(refused), refused.payload.includes(String(MOST_ATTACHMENTS))]).toEqual([
        'ATTACHMENT_MOST',
        true,
      ]);
      expect((await send(people.tower, 'problem', id, content)).statusCode).toBe(200);
    });

    test('hostile files leave neither row nor file', async () => {
      const before = [files(), (await list(people.tower, 'case', 'case here')).attachments.length];
      const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
      const tooLarge = Buffer.alloc(21 * 1024 * 1024, '%PDF-1.7\n');
      for (const [content, status, code] of [
        [aPdf({ packed: [[30, script]] }), 422, 'ATTACHMENT_ACTIVE'],
        [aPdf({ catalogue: '/OpenAction << /S /Launch /F (calc.exe) >>' }), 422, 'ATTACHMENT_ACTIVE'],
        [aPdf({ trailer: '/Encrypt 30 0 R' }), 422, 'ATTACHMENT_ENCRYPTED'],
        [aPaper().subarray(0, 200), 422, 'ATTACHMENT_CUT_OFF'],
        [aPdf({ pages: 0 }), 422, 'ATTACHMENT_BROKEN'],
        [tooLarge, 413, 'ATTACHMENT_TOO_LARGE'],
        [Buffer.from('<!doctype html><script>alert(1)</script>'), 415, 'ATTACHMENT_FORMAT'],
        [Buffer.from(zipSync({ 'a.docx': new Uint8Array([1]) })), 415, 'ATTACHMENT_FORMAT'],
        [Buffer.from('MZ\x90\0'), 415, 'ATTACHMENT_FORMAT'],
        [aJpeg({ width: 40 }).subarray(0, 100), 422, 'PHOTO_TRUNCATED'],
        [Buffer.alloc(0), 415, 'ATTACHMENT_FORMAT'],
      ] as const) {
        const reply = await send(people.tower, 'case', 'case here', content);
        expect([reply.statusCode, codeOf(reply)]).toEqual([status, code]);
      }
      const odd = `${pathOf('case', 'case here')}?kind=${encodeURIComponent('木马')}`;
      expect((await people.tower.ask('POST', odd, {})).statusCode).toBe(400);
      expect([files(), (await list(people.tower, 'case', 'case here')).attachments.length]).toEqual(before);
    });

    test('a file goes with the last row that names it, whether photo or attachment; the history keeps both', async () => {
      const picture = aJpeg({ width: 77 });
      const before = files();
      const { payload, headers } = upload('杆.jpg', picture);
      const photo = await people.tower.ask(
        'POST',
        `/api/resources/${encodeURIComponent('resource here')}/photos?kind=${encodeURIComponent('全景')}`,
        payload,
        { ...headers, 'idempotency-key': randomUUID() },
      );
      const attached = await sent(people.tower, 'case', 'case here', picture, { name: '杆.jpg' });
      const second = await sent(people.tower, 'relocation', 'relocation here', picture, { name: '杆.jpg' });
      expect([photo.statusCode, files()]).toEqual([201, before + 1]);
      const photoUrl = `/api/resources/${encodeURIComponent('resource here')}/photos/${photo.json<{ id: string }>().id}`;
      expect((await people.tower.ask('DELETE', photoUrl)).statusCode).toBe(204);
      expect([(await people.tower.ask('GET', urlOf(attached))).statusCode, files()]).toEqual([
        200,
        before + 1,
      ]);
      await people.tower.ask('DELETE', urlOf(attached));
      expect([(await people.tower.ask('GET', urlOf(second))).statusCode, files()]).toEqual([200, before + 1]);
      await people.tower.ask('DELETE', urlOf(second));
      expect(files()).toBe(before);
      const { records } = (
        await people.tower.ask('GET', `/api/cases/${encodeURIComponent('case here')}/timeline`)
      ).json<TimelineJson>();
      expect(records.slice(0, 2).map(({ object, action }) => [object, action])).toEqual([
        ['case-attachment', 'remove'],
        ['case-attachment', 'create'],
      ]);
    });

    test('what is accepted, taken down or left keeps its papers', async () => {
      await makeSite(store, { id: 'done' });
      await makeCase(store, { id: 'case done', siteId: 'done', state: '开通', company: TOWER });
      const paper = await sent(people.tower, 'case', 'case done', aPicture(), { kind: '验收' });
      const closing: readonly (readonly [AttachmentJson, string])[] = [
        [paper, "update cases set state = '验收', accepted_on = now() where id = 'case done'"],
        [
          await sent(people.tower, 'relocation', 'relocation here', aPicture()),
          "update relocations set state = '撤销' where id = 'relocation here'",
        ],
      ];
      for (const [one, sql] of closing) {
        expect((await people.tower.ask('GET', urlOf(one))).statusCode).toBe(200);
        await store.query(sql);
        expect(codeOf(await people.tower.ask('DELETE', urlOf(one)))).toBe('ATTACHMENT_STAYS');
      }
      // what was accepted may get another one
      await sent(people.tower, 'case', 'case done', aPicture());
      expect(codeOf(await send(people.tower, 'relocation', 'relocation here', aPicture()))).toBe(
        'ATTACHMENT_CLOSED',
      );
    });

    test('kinds are the same in the engine and in the database', async () => {
      const { rows } = await store.query<{ text: string }>(
        `select pg_get_constraintdef(oid) as text from pg_constraint
          where conrelid = 'attachments'::regclass and conname = 'attachments_kind_check'`,
      );
      expect([...rows[0]!.text.matchAll(/'([^']+)'/g)].map(([, kind]) => kind)).toEqual([...attachmentKinds]);
    });
  });
}
