// In: a path. Out: the page for it. Invariant: each page is a chunk of its own, loaded when it is first opened.
import type { Component } from 'svelte';
import type { FilterKey } from './url-state.ts';

export interface Page {
  path: string; title: string; needsData: boolean;
  /** Filters of the header that the page follows. */
  filters: readonly FilterKey[];
  /** Where the navigation shows it: in the line, under “更多”, or nowhere; `thumb` is the line, and the bar of a phone. */
  place: 'thumb' | 'line' | 'more' | 'none';
  load: () => Promise<{ default: Component }>;
}

const time: readonly FilterKey[] = ['unit', 'period'];
const all: readonly FilterKey[] = ['unit', 'period', 'topic', 'channel'];

/** Pages in the order of the navigation. */
export const pages: readonly Page[] = [
  { path: '/', title: '总览', needsData: true, filters: all, place: 'thumb', load: () => import('./pages/Overview.svelte') },
  { path: '/hotspots', title: '热点', needsData: true, filters: time, place: 'thumb', load: () => import('./pages/Hotspots.svelte') },
  { path: '/alerts', title: '预警', needsData: true, filters: [], place: 'thumb', load: () => import('./pages/Alerts.svelte') },
  { path: '/topics', title: '诉求', needsData: true, filters: [...all, 'doc'], place: 'line', load: () => import('./pages/Topics.svelte') },
  { path: '/units', title: '单位', needsData: true, filters: all, place: 'line', load: () => import('./pages/Units.svelte') },
  { path: '/handling', title: '办理', needsData: true, filters: all, place: 'line', load: () => import('./pages/Handling.svelte') },
  { path: '/surveys', title: '调查', needsData: true, filters: ['unit'], place: 'line', load: () => import('./pages/Surveys.svelte') },
  { path: '/search', title: '检索', needsData: true, filters: ['unit', 'topic', 'channel', 'doc'], place: 'line', load: () => import('./pages/Search.svelte') },
  { path: '/briefing', title: '月报', needsData: true, filters: [], place: 'line', load: () => import('./pages/Briefing.svelte') },
  { path: '/data', title: '数据', needsData: false, filters: [], place: 'line', load: () => import('./pages/Data.svelte') },
  { path: '/query', title: '查询', needsData: true, filters: [], place: 'line', load: () => import('./pages/Query.svelte') },
  { path: '/board', title: '看板', needsData: true, filters: [], place: 'more', load: () => import('./pages/Board.svelte') },
  { path: '/quality', title: '质量', needsData: false, filters: [], place: 'more', load: () => import('./pages/Quality.svelte') },
  { path: '/wall', title: '大屏', needsData: true, filters: time, place: 'more', load: () => import('./pages/Wall.svelte') },
  { path: '/users', title: '用户', needsData: false, filters: [], place: 'more', load: () => import('./pages/Users.svelte') },
  { path: '/settings', title: '设置', needsData: false, filters: [], place: 'more', load: () => import('./pages/Settings.svelte') },
  { path: '/audit', title: '审计', needsData: false, filters: [], place: 'more', load: () => import('./pages/Audit.svelte') },
  { path: '/tokens', title: '访问令牌', needsData: false, filters: [], place: 'none', load: () => import('./pages/Tokens.svelte') },
  { path: '/gallery', title: '图库', needsData: false, filters: [], place: 'more', load: () => import('./pages/Gallery.svelte') },
  { path: '/account', title: '修改密码', needsData: false, filters: [], place: 'none', load: () => import('./pages/ChangePassword.svelte') },
];

/** The page whose path the given one is, or lies under. */
export function pageOf(path: string): Page | undefined {
  return pages.find((p) => p.path === path || (p.path !== '/' && path.startsWith(`${p.path}/`)));
}
