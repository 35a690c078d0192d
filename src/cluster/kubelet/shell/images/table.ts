// The images that most documents are about; all others are in moreImages.ts, which comes later.
import { NGINX_ENTRYPOINT } from './entrypoints.ts';
import type { Image } from './image.ts';

const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

export const NGINX_SITE = `server {
    listen       80;
    listen  [::]:80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }
}
`;

export const nginx = {
  base: 'debian',
  programs: { '/usr/sbin/nginx': 'nginx', '/usr/bin/curl': 'curl' },
  files: {
    '/usr/share/nginx/html/index.html': NGINX_PAGE,
    '/usr/share/nginx/html/50x.html': '<html><body><h1>An error occurred.</h1></body></html>\n',
    '/etc/nginx/nginx.conf':
      'user  nginx;\nworker_processes  auto;\n\nerror_log  /var/log/nginx/error.log notice;\npid        /run/nginx.pid;\n\n\nevents {\n    worker_connections  1024;\n}\n\n\nhttp {\n    include       /etc/nginx/mime.types;\n    default_type  application/octet-stream;\n    include /etc/nginx/conf.d/*.conf;\n}\n',
    '/etc/nginx/conf.d/default.conf': NGINX_SITE,
    '/docker-entrypoint.sh': NGINX_ENTRYPOINT,
  },
  entrypoint: ['/docker-entrypoint.sh'],
  command: ['nginx', '-g', 'daemon off;'],
  environment: { NGINX_VERSION: '1.29.3' },
  stopSignal: 'QUIT',
} as const satisfies Omit<Image, 'names'>;

export const IMAGES: readonly Image[] = [
  { names: ['busybox'], base: 'busybox', command: ['sh'] },
  { names: ['nginx', 'nginx-slim', 'nginxhttps'], ...nginx },
];
