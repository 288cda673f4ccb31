# Kreissiegel: a key on a smart card, and a request (CSR) for its certificate.
# Windows asks for the PIN. Nothing is sent anywhere.
$ErrorActionPreference = 'Stop'

function New-CardKey {
  $request = Join-Path ([Environment]::GetFolderPath('Desktop')) @{file}
  if (Test-Path -LiteralPath $request) { throw (@{words.exists} + ' ' + $request) }

  $kinds = @(@{kinds})
  $kind = $kinds[0]
  if ($kinds.Count -gt 1) {
    $typed = Read-Host -Prompt (@{words.which-kind} + ' ' + ($kinds -join ', ') + ' [' + $kind + ']')
    if ($typed) { $kind = $typed }
  }
  if ($kinds -notcontains $kind) { throw @{words.no-kind} }
  switch ($kind) {
    'ec-p256' { $algorithm = 'ECDSA_P256'; $length = 256; $hash = 'sha256' }
    'ec-p384' { $algorithm = 'ECDSA_P384'; $length = 384; $hash = 'sha384' }
    'rsa-3072' { $algorithm = 'RSA'; $length = 3072; $hash = 'sha256' }
  }

  # No Subject: names come from the directory. SuppressDefaults leaves out the computer's and the user's name.
  $lines = @(
    '[Version]',
    'Signature = "$Windows NT$"',
    '[NewRequest]',
    'RequestType = PKCS10',
    'ProviderName = "Microsoft Smart Card Key Storage Provider"',
    "KeyAlgorithm = $algorithm",
    "KeyLength = $length",
    "HashAlgorithm = $hash",
    'MachineKeySet = FALSE',
    'Exportable = FALSE',
    'Silent = FALSE',
    'SMIME = FALSE',
    'SuppressDefaults = TRUE'
  )
  $settings = Join-Path ([System.IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString() + '.inf')
  try {
    [System.IO.File]::WriteAllLines($settings, [string[]] $lines, [System.Text.Encoding]::ASCII)
    Write-Host @{words.making}
    & "$env:SystemRoot\System32\certreq.exe" -new -user $settings $request
    if ($LASTEXITCODE -ne 0) { throw @{words.not-made} }
  } finally {
    Remove-Item -LiteralPath $settings -Force -ErrorAction SilentlyContinue
  }
  Write-Host @{words.made}
  Write-Host $request
}

try { New-CardKey } catch { Write-Host $_.Exception.Message -ForegroundColor Red }
Read-Host -Prompt @{words.close} | Out-Null
