// Whoever brings the news (the bucket itself, a bus, a queue), it says the same: a bucket and a key.
export function clipsIn(event) {
  if (event.detail) return [{ bucket: event.detail.bucket.name, key: event.detail.object.key }];
  return (event.Records ?? []).flatMap((record) => {
    if (record.body) return clipsIn(JSON.parse(record.body));
    return [{ bucket: record.s3.bucket.name, key: decodeURIComponent(record.s3.object.key.replaceAll('+', ' ')) }];
  });
}
