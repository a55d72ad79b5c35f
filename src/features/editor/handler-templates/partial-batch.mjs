// Answers which messages of a batch failed. Only those come back; the others are deleted.
async function work({ body }) {
  const order = JSON.parse(body);
  if (!(order.amount > 0)) throw new RangeError(`order ${order.id} has no amount`);
  console.log(`order ${order.id} over ${order.amount}`);
}

export const handler = async (event) => {
  const outcomes = await Promise.allSettled(event.Records.map(work));
  const batchItemFailures = outcomes.flatMap((outcome, at) => {
    if (outcome.status === 'fulfilled') return [];
    const { messageId } = event.Records[at];
    console.error(`${messageId} comes back: ${outcome.reason.message}`);
    return [{ itemIdentifier: messageId }];
  });
  return { batchItemFailures }; // an empty list: all of them worked
};
