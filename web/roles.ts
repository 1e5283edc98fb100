// In: nothing. Out: the roles' names and what each may do, in words.
import type { Role } from '../server/api.ts';

export const roleNames: Readonly<Record<Role, string>> = { leader: '领导', analyst: '分析员', clerk: '信访专员', admin: '管理员' };
export const roleDuties: Readonly<Record<Role, string>> = {
  leader: '看总览、热点、月报', analyst: '另可用 SQL 查询', clerk: '另可导入台账、处理退回', admin: '全部，另管用户与审计',
};
