import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { words } from './words.svelte';

await words.begin();
mount(App, { target: document.getElementById('page')! });
