import { toBase64 } from '../encoding';
import { type Bundle, type DeviceFile, type Identity, textFile } from './bundle';
import { all, isRoot } from './certificate';
import { powershell } from './escape';
import { type IkeGateway, SUITES } from './service';

/**
 * A PowerShell script for Windows 10 (1803) and later that imports certificates and key into the computer's stores
 * and makes its VPN connections. It asks for the password; the key can't be exported again from there.
 */
export async function windows(bundle: Bundle): Promise<DeviceFile> {
  const parts: string[] = [HEAD];
  for (const identity of bundle.identities) {
    parts.push(await identityPart(bundle, identity));
    parts.push(...identity.delivery.ikeGateways.map((gateway) => connection(identity, gateway)));
  }
  parts.push('Write-Host "Fertig. / Done."');
  // With a byte order mark, else Windows PowerShell 5 takes UTF-8 for its own code page.
  return textFile(`${bundle.stem}.ps1`, 'text/plain', `\ufeff${parts.join('\n')}\n`.replaceAll('\n', '\r\n'));
}

const HEAD = `#Requires -RunAsAdministrator
$ErrorActionPreference = 'Stop'
$password = Read-Host -AsSecureString -Prompt 'Transportkennwort / transport password'

function Import-Authority([string] $store, [string] $encoded) {
  $certificate = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2(,[Convert]::FromBase64String($encoded))
  $place = New-Object System.Security.Cryptography.X509Certificates.X509Store($store, 'LocalMachine')
  $place.Open('ReadWrite')
  $place.Add($certificate)
  $place.Close()
}

function Import-Identity([string] $encoded) {
  $file = [System.IO.Path]::GetTempFileName()
  try {
    [System.IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($encoded))
    Import-PfxCertificate -FilePath $file -CertStoreLocation 'Cert:\\LocalMachine\\My' -Password $password | Out-Null
  } finally {
    Remove-Item -Path $file -Force
  }
}
`;

async function identityPart(bundle: Bundle, identity: Identity): Promise<string> {
  const trusts = identity.delivery.ikeGateways.map(({ trust }) => trust);
  const authorities = [...identity.certificates.slice(1), ...all(...trusts)];
  const imports = authorities.map(
    (der) => `Import-Authority ${isRoot(der) ? "'Root'" : "'CA'"} ${powershell(toBase64(der))}`,
  );
  const file = toBase64(await bundle.pkcs12([identity]));
  return [...new Set(imports), `Import-Identity ${powershell(file)}`].join('\n');
}

function connection(identity: Identity, gateway: IkeGateway): string {
  const name = powershell(gateway.name);
  const { cipher, integrity, group } = SUITES[gateway.suite].windows;
  const split = gateway.subnets.length === 0 ? '' : ' -SplitTunneling';
  const [domain] = gateway.searchDomains;
  const suffix = domain === undefined ? '' : ` -DnsSuffix ${powershell(domain)}`;
  return [
    '',
    `Get-VpnConnection -AllUserConnection | Where-Object { $_.Name -eq ${name} } | Remove-VpnConnection -AllUserConnection -Force`,
    issuerFilter(identity),
    `Add-VpnConnection -AllUserConnection -Name ${name} -ServerAddress ${powershell(gateway.address)} -TunnelType Ikev2` +
      ` -AuthenticationMethod MachineCertificate -MachineCertificateIssuerFilter $issuer -EncryptionLevel Maximum${split}${suffix} -Force`,
    `Set-VpnConnectionIPsecConfiguration -AllUserConnection -ConnectionName ${name}` +
      ` -AuthenticationTransformConstants ${cipher} -CipherTransformConstants ${cipher} -EncryptionMethod ${cipher}` +
      ` -IntegrityCheckMethod ${integrity} -DHGroup ${group} -PfsGroup ${group} -Force`,
    ...gateway.subnets.map(
      (subnet) =>
        `Add-VpnConnectionRoute -AllUserConnection -ConnectionName ${name} -DestinationPrefix ${powershell(subnet)}`,
    ),
  ].join('\n');
}

/** By its issuer Windows finds the certificate to show. */
function issuerFilter({ certificates: [, issuer] }: Identity): string {
  const encoded = powershell(toBase64(issuer!));
  return `$issuer = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2(,[Convert]::FromBase64String(${encoded}))`;
}
