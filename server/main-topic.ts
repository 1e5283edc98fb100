// In: the name of a relation of documents. Out: SQL that gives each its main topic: the likeliest, of equals the first.
// Invariant: looks only at the demands of those documents.
export const mainTopicSql = (documents: string): string =>
  `SELECT document_id, first(topic ORDER BY probability DESC, topic) AS topic FROM demand SEMI JOIN ${documents} USING (document_id) GROUP BY document_id`;
