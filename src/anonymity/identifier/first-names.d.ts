/** First names given in France, in small letters. */
declare module 'gender-detection-from-name/names/fr.js' {
  const names: ReadonlyMap<string, string>;
  export default names;
}
