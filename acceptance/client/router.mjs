// An API behind a gateway, routed by Express as it comes: it says which operation a request led to, and does nothing else.
// Its first line of output is its port. Asked with `x-since` it tells what arrived since it was last asked.
import express from 'express';

const operations = [
  ['get', '/files', 'ListFiles'],
  ['post', '/files', 'CreateFile'],
  ['get', '/files/recent', 'ListRecent'],
  ['get', '/files/:name', 'GetFile'],
  ['delete', '/files/:name', 'DeleteFile'],
  ['get', '/files/:name/content', 'GetContent'],
  ['get', '/admin', 'GetAdmin'],
  ['get', '/admin/users', 'ListUsers'],
  ['post', '/admin/users', 'CreateUser'],
];
let arrived = [];

const app = express();
app.use((request, response, next) => {
  if (request.headers['x-since']) {
    response.json(arrived);
    arrived = [];
    return;
  }
  // What many a framework does.
  const names = ['x-http-method-override', 'x-http-method', 'x-method-override'];
  const override = names.map((name) => request.headers[name]).find(Boolean);
  if (request.method === 'POST' && override) {
    request.method = override.toUpperCase();
  }
  request.url = request.headers['x-original-url'] ?? request.headers['x-rewrite-url'] ?? request.url;
  next();
});
const arrive = (operation) => (request, response) => {
  const { method, originalUrl, headers } = request;
  arrived.push({ operation, method, url: originalUrl, decision: headers['sallyport-decision'] ?? '' });
  response.status(operation === '' ? 404 : 200).end();
};
for (const [method, path, operation] of operations) {
  app[method](path, arrive(operation));
}
app.use(arrive(''));
app.use((error, request, response, next) => arrive('')(request, response, next));

const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.resume().on('end', () => process.exit());
