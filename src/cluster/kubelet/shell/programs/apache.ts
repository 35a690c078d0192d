// Apache's httpd, as `httpd-foreground` of its image runs it.
import { formatDate } from '../dates.ts';
import { answerOf, documentAt } from '../network.ts';
import { MEBIBYTE, server } from '../server.ts';
import { documentAnswer } from './documents.ts';

const ROOT = '/usr/local/apache2/htdocs';
const VERSION = 'Apache/2.4.65 (Unix)';

export const apache = server({
  ports: () => [80],
  onPortTaken(call, port) {
    call.err(
      `(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\nno listening sockets available, shutting down\n`,
    );
    return 1;
  },
  memoryBytes: 10 * MEBIBYTE,
  signals: { TERM: 0, WINCH: 0, INT: 0 },
  onReady(call) {
    call.err(
      `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${call.kernel.sandbox.ip}. Set the 'ServerName' directive globally to suppress this message\n`,
    );
    call.err(
      `[${formatDate(call.nowMs, '%a %b %d %H:%M:%S.000000 %Y')}] [mpm_event:notice] [pid 1:tid 1] AH00489: ${VERSION} configured -- resuming normal operations\n`,
    );
  },
  answer(call, request) {
    const { from, method, path } = request;
    const file = documentAt(call, ROOT, path);
    const text = file === undefined ? undefined : call.read(file, () => {});
    const answer =
      file !== undefined && text !== undefined
        ? documentAnswer(request, text, file)
        : answerOf(
            404,
            '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n',
          );
    call.out(
      `${from} - - [${formatDate(call.nowMs, '%d/%b/%Y:%H:%M:%S +0000')}] "${method} ${path} HTTP/1.1" ${answer.status} ${answer.body.length}\n`,
    );
    return answer;
  },
});
