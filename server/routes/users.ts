// In: an administrator's word. Out: users and their one-time passwords.
import { ZhiweiError } from '../../datasets/errors.ts';
import { roles } from '../api.ts';
import { route } from '../endpoint.ts';
import type { House } from '../house.ts';
import { unitsOf } from '../scope.ts';

export const userRoutes = ({ users, audit, warehouse }: House) => [
  route('GET /api/users', () => ({ users: users.list() })),

  route('POST /api/users', async ({ body: { name, role, unit_path }, user, ip, res }) => {
    if (unit_path !== null && role === 'admin') throw new ZhiweiError('bad_request', '管理员不限单位；请去掉单位');
    if (unit_path !== null && warehouse.version !== null) {
      const known = await warehouse.use(unitsOf);
      if (!known.some((u) => u.path === unit_path)) throw new ZhiweiError('bad_request', `没有单位“${unit_path}”；请从单位列表中选择`);
    }
    const password = await users.add(name, role, unit_path);
    audit.write(user.name, 'user_add', `${name}（${roles[role]}，${unit_path ?? '全部单位'}）`, ip);
    res.set('Cache-Control', 'no-store');
    return { name, password };
  }),

  route('POST /api/users/:name/reset', async ({ param, user, ip, res }) => {
    const name = param('name');
    const password = await users.reset(name);
    audit.write(user.name, 'user_reset', name, ip);
    res.set('Cache-Control', 'no-store');
    return { name, password };
  }),
];
