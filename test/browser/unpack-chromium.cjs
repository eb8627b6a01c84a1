/** Unpacks Chromium into the temporary folder of this process (TMPDIR) and writes the path of its executable. */
const chromium = require('@sparticuz/chromium');

(chromium.default ?? chromium).executablePath().then((path) => process.stdout.write(path));
