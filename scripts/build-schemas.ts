/** Writes schemas/: a JSON Schema for each document. `npm run build:schemas`; a test compares them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { documents, schemaFile, schemaText } from './documents.js';

mkdirSync('schemas', { recursive: true });
for (const document of documents) writeFileSync(schemaFile(document), schemaText(document));
