/** The part of `des.js` that is used; it brings no types. */
declare module 'des.js' {
  interface Cipher {
    update(octets: Uint8Array): number[];
    final(): number[];
  }
  interface Options {
    readonly type: 'encrypt' | 'decrypt';
    readonly key: Uint8Array;
    readonly iv: Uint8Array;
  }
  interface Kind {
    create(options: Options): Cipher;
  }
  const des: { readonly CBC: { instantiate(base: unknown): Kind }; readonly EDE: unknown };
  export default des;
}
