#!/usr/bin/env node
// In: the command line. Out: whatever pipelines/main.ts does with it. Only here so that plain node can run TypeScript.
import { setFlagsFromString } from 'node:v8';
import { register } from 'tsx/esm/api';

// A run holds every text in memory: collecting sooner keeps 100,000 petitions under 2 GB, for a few seconds more. A server answers, and starts a program of its own for each run.
if (process.argv[2] !== 'serve') setFlagsFromString('--heap-growing-percent=25');

register();
await import('./main.ts');
