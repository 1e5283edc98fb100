// In: the page. Out: the app in it. Invariant: the chosen theme is set before anything is drawn.
import 'virtual:palette.css';
import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { restoreTheme } from './theme.svelte.ts';

restoreTheme();
const target = document.getElementById('app');
if (target) mount(App, { target });
