/**
 * The name of a network path as an input gives it. Which names there are, `cost/paths` says: it
 * reads a name once and refuses one that it does not know. What reads and adds up traffic passes the name on.
 */
export type PathName = string;
