// In: nothing. Out: the roles' names and what each may do, in words.
import type { Role } from '../server/api.ts';

export const roleNames: Readonly<Record<Role, string>> = { leader: '领导', analyst: '分析员', clerk: '信访专员', admin: '管理员' };
export const roleDuties: Readonly<Record<Role, string>> = {
  leader: '看总览、热点、预警、月报，批注预警', analyst: '看总览、热点、预警、月报，用 SQL 查询', clerk: '看总览、热点、月报，处置预警并写首报、续报、终报，导入台账，处理退回', admin: '全部，另管用户、设置与审计',
};
