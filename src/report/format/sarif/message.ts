import type { Message } from 'sarif';
import { prose } from '../../visible.ts';

/**
 * Plain text for a `message`: braces are doubled and brackets escaped, or a name could become a placeholder or a
 * link (SARIF 2.1.0, 3.11.5 and 3.11.6).
 */
export function messageOf(text: string): Message {
  return {
    text: prose(text)
      .replace(/[\\[\]]/g, '\\$&')
      .replace(/[{}]/g, '$&$&'),
  };
}
