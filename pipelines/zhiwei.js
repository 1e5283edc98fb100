#!/usr/bin/env node
// In: the command line. Out: whatever pipelines/main.ts does with it. Only here so that plain node can run TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
