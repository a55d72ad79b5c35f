const CHARGES = 'https://api.pay.example/v1/charges';

export const handler = async ({ Records }) => {
  for (const { body } of Records) {
    const order = JSON.parse(body);
    // Shorter than the function's own timeout: an error with a name is worth more than a function that is stopped.
    const response = await fetch(CHARGES, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': order.id },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(2_000),
    });
    if (!response.ok) throw new Error(`${order.id}: the partner answers ${response.status}`);
    const { charge } = await response.json();
    console.log(`${order.id} is paid: ${charge}`);
  }
};
