// In: nothing. Out: the roles' names, what each may do, and the names of audited actions, in words.
import type { Role } from '../server/api.ts';

export const roleNames: Readonly<Record<Role, string>> = { leader: '领导', analyst: '分析员', clerk: '信访专员', admin: '管理员' };
export const roleDuties: Readonly<Record<Role, string>> = {
  leader: '看总览、热点、预警、月报，批注预警', analyst: '看总览、热点、预警、月报，用 SQL 查询', clerk: '看总览、热点、月报，处置预警并写首报、续报、终报，导入台账，处理退回', admin: '全部，另管用户、审计与误报预算',
};
export const actionNames: Readonly<Record<string, string>> = {
  sign_in: '登录', sign_in_failed: '登录失败', sign_out: '退出', password: '修改密码', view_text: '查看原文', export: '导出',
  alert: '处置预警', alert_report: '预警报告', settings: '修改设置',
  sql: 'SQL 查询', upload: '上传文件', import: '导入', rollback: '退回版本', user_add: '新建用户', user_reset: '重置密码',
};
