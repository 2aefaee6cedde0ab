"""Small PNG files: the pictures of pages have few colours that matter."""

import base64
import struct
import zlib

import numpy as np

COLOURS = 128
_READ = """async (url) => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let at = 0; at < data.length; at += 32768)
    text += String.fromCharCode(...data.subarray(at, at + 32768));
  return [image.width, image.height, btoa(text)];
}"""


def small_png(browser, png):
    """The same picture with a palette of its most frequent colours."""
    page = browser.new_page()
    width, height, data = page.evaluate(
        _READ, f"data:image/png;base64,{base64.b64encode(png).decode()}"
    )
    page.close()
    pixels = np.frombuffer(base64.b64decode(data), np.uint8).reshape(-1, 4)[:, :3]
    _, inverse, counts = np.unique(pixels & 0xF8, axis=0, return_inverse=True, return_counts=True)
    flat = inverse.reshape(-1)
    sums = [np.bincount(flat, pixels[:, channel]) for channel in range(3)]
    means = np.rint(np.stack(sums, axis=1) / counts[:, None]).astype(int)
    palette = means[np.argsort(-counts)[:COLOURS]]
    distance = ((means[:, None] - palette[None]) ** 2).sum(axis=2)
    indexes = distance.argmin(axis=1)[flat].astype(np.uint8).reshape(height, width)
    rows = np.concatenate([np.zeros((height, 1), np.uint8), indexes], axis=1)
    shown = palette.astype(np.uint8)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, body)
        for name, body in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", shown.tobytes()),
            (b"IDAT", zlib.compress(rows.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def _chunk(name, body):
    crc = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + crc
