# Kreissiegel: puts a certificate onto the smart card that has its key, and those above it into the user's stores.
# Nothing is sent anywhere.
$ErrorActionPreference = 'Stop'

function Read-Certificate([string] $encoded) {
  New-Object System.Security.Cryptography.X509Certificates.X509Certificate2(,[Convert]::FromBase64String($encoded))
}

# What the computer believes already is left alone. Of a root Windows asks the user.
function Add-Authority([string] $store, [string] $encoded) {
  $certificate = Read-Certificate $encoded
  foreach ($location in 'LocalMachine', 'CurrentUser') {
    if (Test-Path -LiteralPath ('Cert:\' + $location + '\' + $store + '\' + $certificate.Thumbprint)) { return }
  }
  $place = New-Object System.Security.Cryptography.X509Certificates.X509Store($store, 'CurrentUser')
  $place.Open('ReadWrite')
  try { $place.Add($certificate) } finally { $place.Close() }
}

function Add-CardCertificate {
@{authorities}
  $encoded = @{certificate}
  $file = Join-Path ([System.IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString() + '.cer')
  try {
    [System.IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($encoded))
    Write-Host @{words.writing}
    # Finds the request that waits on this computer, and with it the key on the card.
    & "$env:SystemRoot\System32\certreq.exe" -accept -user $file
    if ($LASTEXITCODE -ne 0) { throw @{words.not-accepted} }
  } finally {
    Remove-Item -LiteralPath $file -Force -ErrorAction SilentlyContinue
  }
  $stored = Get-Item -LiteralPath ('Cert:\CurrentUser\My\' + (Read-Certificate $encoded).Thumbprint)
  $stored.FriendlyName = @{name}
  if (-not $stored.HasPrivateKey) { throw @{words.not-accepted} }
  Write-Host @{words.done}
}

try { Add-CardCertificate } catch { Write-Host $_.Exception.Message -ForegroundColor Red }
Read-Host -Prompt @{words.close} | Out-Null
