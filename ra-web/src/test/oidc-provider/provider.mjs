// npm's oidc-provider with one client, for OpenIdPeerTest: node provider.mjs PORT
// Whoever gives a name and any password is who they say; nothing here is for anything but tests.
import Provider from 'oidc-provider';

const port = Number(process.argv[2]);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'kreissiegel',
      client_secret: 'a secret that is long enough for it',
      redirect_uris: ['https://pki.example:8443/login/openid/code'],
      post_logout_redirect_uris: ['https://pki.example:8443/login?loggedOut'],
    },
  ],
  claims: { openid: ['sub'], profile: ['preferred_username'] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, preferred_username: id }),
  }),
});
const server = provider.listen(port, '127.0.0.1', () => console.log('listening'));
// Ends with the test that started it.
process.stdin.resume();
process.stdin.on('end', () => server.close(() => process.exit(0)));
