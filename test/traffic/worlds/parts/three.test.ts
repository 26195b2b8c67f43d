import { holdWorlds } from '../hold-worlds.js';

holdWorlds(3);
