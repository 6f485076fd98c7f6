// Serves a built site on loopback as an ordinary host would: under a path of its own, packed,
// with a lasting life for what bears a hash in its name, and 404.html for what is not there.

import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

/** The path below which the second site is built to live. */
export const UNDER = "/sub/path/";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * Serves `folder` below `UNDER` on a free port. Nothing stands beside it: what is asked for
 * elsewhere is gathered in `beside`.
 */
export async function serve(folder) {
  const beside = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (!path.startsWith(UNDER)) {
      beside.push(path);
      return response.writeHead(404).end("Nothing is served here.");
    }

    const inside = normalize("/" + path.slice(UNDER.length));
    const file = join(folder, inside.endsWith("/") ? inside + "index.html" : inside);
    const found = await readFile(file).catch(() => null);
    const bytes = found ?? (await readFile(join(folder, "404.html")));
    send(request, response, found ? 200 : 404, found ? file : "404.html", bytes);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    beside,
    root: `http://127.0.0.1:${server.address().port}${UNDER}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(request, response, status, name, bytes) {
  const lasting = /\.[0-9a-f]{8,}\.\w+$/.test(name);
  const tag = `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"`;
  const headers = {
    "content-type": TYPES[extname(name)] ?? "application/octet-stream",
    "cache-control": lasting ? "public, max-age=31536000, immutable" : "max-age=600",
    etag: tag,
  };
  if (request.headers["if-none-match"] === tag) return response.writeHead(304, headers).end();
  if (/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
    headers["content-encoding"] = "gzip";
    headers.vary = "accept-encoding";
    bytes = gzipSync(bytes);
  }
  response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : bytes);
}
