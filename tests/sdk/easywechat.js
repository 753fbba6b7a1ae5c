// A stock SDK of another language at work: it publishes and reads through the API it is pointed
// at, and answers a follower through its own callback server. Speaks JSON lines with the test.
'use strict';

const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');

const { OfficialAccount, ServerRequest } = require('node-easywechat');

const [baseURL, picture, settings] = process.argv.slice(2);
const app = new OfficialAccount({
  ...JSON.parse(settings),
  use_stable_access_token: true,
  file_cache: { path: path.join(path.dirname(picture), 'cache') },
  http: { baseURL },
});
const client = app.getClient();
const tell = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);
const post = async (name, json) => (await client.request('post', `cgi-bin/${name}`, { json })).toObject();
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function uploadCover() {
  client.withFile(picture, 'media');
  const answer = await client.request('post', 'cgi-bin/material/add_material', { params: { type: 'image' } });
  return answer.toObject().media_id;
}

async function publish() {
  const article = {
    title: '关于优化办事时间的通知',
    content: '<p>周末也能办。</p>',
    thumb_media_id: await uploadCover(),
    need_open_comment: 1,
  };
  const { media_id } = await post('draft/add', { articles: [article] });
  const kept = await post('draft/get', { media_id });
  const { publish_id } = await post('freepublish/submit', { media_id });
  let job = {};
  for (let tries = 0; tries < 50 && !job.article_id; tries += 1) {
    job = await post('freepublish/get', { publish_id });
    await pause(20);
  }
  const listed = await post('freepublish/batchget', { offset: 0, count: 20, no_content: 1 });
  return { kept, job, listed };
}

async function answerPush(request, response) {
  app.setRequest(await ServerRequest.createFromIncomingMessage(request));
  const server = app.getServer();
  server.addMessageListener('text', (message) => `收到：${message.Content}`);
  const reply = await server.serve();
  response.writeHead(reply.getStatusCode(), reply.getHeaders());
  response.end(reply.getBody().toString());
}

const callback = http.createServer((request, response) => {
  answerPush(request, response).catch((error) => {
    response.writeHead(500);
    response.end(String(error));
  });
});
callback.listen(0, '127.0.0.1', () => tell({ callback: `http://127.0.0.1:${callback.address().port}/` }));

const commands = readline.createInterface({ input: process.stdin });
commands.on('line', () => publish().then(tell, (error) => tell({ error: String(error.stack) })));
commands.on('close', () => process.exit(0));
