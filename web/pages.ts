// In: a path. Out: the page for it. Invariant: each page is a chunk of its own, loaded when it is first opened.
import type { Component } from 'svelte';

export interface Page { path: string; title: string; needsData: boolean; filtered: boolean; load: () => Promise<{ default: Component }> }

/** Pages in the order of the navigation; `filtered` pages follow the unit and period of the header. */
export const pages: readonly Page[] = [
  { path: '/', title: '总览', needsData: true, filtered: true, load: () => import('./pages/Overview.svelte') },
  { path: '/hotspots', title: '热点', needsData: true, filtered: true, load: () => import('./pages/Hotspots.svelte') },
  { path: '/alerts', title: '预警', needsData: true, filtered: false, load: () => import('./pages/Alerts.svelte') },
  { path: '/briefing', title: '月报', needsData: true, filtered: false, load: () => import('./pages/Briefing.svelte') },
  { path: '/data', title: '数据', needsData: false, filtered: false, load: () => import('./pages/Data.svelte') },
  { path: '/query', title: '查询', needsData: true, filtered: false, load: () => import('./pages/Query.svelte') },
  { path: '/users', title: '用户', needsData: false, filtered: false, load: () => import('./pages/Users.svelte') },
  { path: '/account', title: '修改密码', needsData: false, filtered: false, load: () => import('./pages/ChangePassword.svelte') },
];

/** The page whose path the given one is, or lies under. */
export function pageOf(path: string): Page | undefined {
  return pages.find((p) => p.path === path || (p.path !== '/' && path.startsWith(`${p.path}/`)));
}
