let handled = 0; // lives as long as this environment

export const handler = async (event) => {
  for (const record of event.Records) {
    const order = JSON.parse(record.body);
    await new Promise((resolve) => setTimeout(resolve, 120));
    if (order.item === 'fridge') throw new Error('a fridge does not fit into the van');
    console.log(`order ${order.item}, number ${++handled} of this environment`);
  }
};
