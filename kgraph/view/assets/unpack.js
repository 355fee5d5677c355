// The data block as it stands in the file: plain JSON, or compressed.

export async function unpack(block) {
  const text = block.textContent.trim();
  if (block.dataset.packed !== "gzip") return JSON.parse(text);
  if (typeof DecompressionStream === "undefined") {
    throw new Error("this browser cannot unpack the data; write the page again with pack=False");
  }
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}
