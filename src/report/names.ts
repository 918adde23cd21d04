/** Names of the formats, without loading what renders them. */
export const reporterNames: readonly string[] = ['text', 'json', 'sarif', 'junit', 'gitlab', 'github', 'markdown', 'csv'];
