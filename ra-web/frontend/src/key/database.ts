// What this browser keeps, all in one IndexedDB. Connections live no longer than a transaction, so that no tab keeps
// another one from making the database anew.

const DATABASE = 'kreissiegel';
const VERSION = 2;

/** The one key that wraps the keys below; nobody can read it. */
export const WRAPPING = 'wrapping';
/** Keys that wait for their certificate, wrapped, under the hash of the public key. */
export const KEYS = 'keys';
/** Keys that officers sign with, which nobody can read either, under the hash of the public key. Since version 2. */
export const OFFICER_KEYS = 'officer-keys';

/** Does one thing in one store, and waits until it is done for good. */
export async function inStore<T>(
  name: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result as T);
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB transaction aborted'));
      transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB transaction failed'));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, VERSION);
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) {
        opening.result.createObjectStore(WRAPPING);
        opening.result.createObjectStore(KEYS);
      }
      if (oldVersion < 2) {
        opening.result.createObjectStore(OFFICER_KEYS);
      }
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('IndexedDB cannot be opened'));
  });
}
