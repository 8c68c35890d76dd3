// Mozilla Readability over linkedom as a filter: pages named in a list, a line of JSON for each.
//   node bench/readability.mjs LIST
import { readFileSync } from 'node:fs';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

for (const path of readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
  let line = { id: path };
  try {
    const { document } = parseHTML(readFileSync(path, 'utf8'));
    const article = new Readability(document).parse();
    line = { id: path, title: article?.title, text: article?.textContent };
  } catch (error) {
    line.error = String(error.message);
  }
  process.stdout.write(JSON.stringify(line) + '\n');
}
