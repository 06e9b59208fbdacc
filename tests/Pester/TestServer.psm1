# The misbehaving service of the tests: a process that serves this one and all its runspaces, started at the first use, that ends with it.
# Each server has a port of its own; what it is told to do wrong, it does until Reset-TestFault or Stop-TestServer.

$ofThisProcess = 'PartnerCenterSR.TestServer'

function Invoke-TestServer([hashtable]$Command) {
    $server = [AppDomain]::CurrentDomain.GetData($ofThisProcess)
    if (-not $server -or $server.HasExited) {
        $bin = [IO.Path]::Combine($PSScriptRoot, '..', 'PartnerCenterSR.TestServer', 'bin')
        $program = Get-ChildItem -Path $bin -Recurse -Filter PartnerCenterSR.TestServer.dll | Sort-Object LastWriteTime | Select-Object -Last 1
        if (-not $program) { throw 'The test server is not built: run "dotnet build" first.' }
        $dotnet = if ($env:DOTNET_ROOT) { Join-Path $env:DOTNET_ROOT 'dotnet' } else { 'dotnet' }
        $start = New-Object Diagnostics.ProcessStartInfo $dotnet, ('exec "{0}"' -f $program.FullName)
        $start.UseShellExecute = $false
        $start.RedirectStandardInput = $true
        $start.RedirectStandardOutput = $true
        $start.StandardOutputEncoding = New-Object Text.UTF8Encoding $false
        $server = [Diagnostics.Process]::Start($start)
        [AppDomain]::CurrentDomain.SetData($ofThisProcess, $server)
    }

    # In ASCII, whatever the console's encoding is.
    $line = [regex]::Replace((ConvertTo-Json $Command -Depth 10 -Compress), '[^\x00-\x7F]', { param($match) '\u{0:x4}' -f [int][char]$match.Value })
    $server.StandardInput.WriteLine($line)
    $server.StandardInput.Flush()
    $answer = ConvertFrom-Json $server.StandardOutput.ReadLine()
    if ($answer.PSObject.Properties['error']) { throw $answer.error }
    , $answer.value
}

# Starts a service. -Disguise: what it makes of what it is given (the properties of Disguise). -Count: that many samples; -Data: requests of your own, as objects; -AcceptsFirst: so many calls, then 401.
function Start-TestServer {
    [CmdletBinding()]
    param(
        [ValidateSet('Current', 'Older')] [string] $Generation = 'Current', [int] $Count, [object[]] $Data, [switch] $ForgetsRequestIds,
        [int] $PageSize = 100, [int] $LatencyMs, [int] $AcceptsFirst, [int] $MfaFrom, [int] $MfaEvery = 1, [bool] $IsMfaCompliant, [switch] $AcceptsAnyToken, [hashtable] $Disguise = @{}
    )
    $options = @{ generation = $Generation; honoursRequestIds = -not $ForgetsRequestIds; pageSize = $PageSize; latencyMs = $LatencyMs; disguise = $Disguise; acceptsAnyToken = [bool]$AcceptsAnyToken }
    if ($PSBoundParameters.ContainsKey('Count')) { $options.count = $Count }
    if ($PSBoundParameters.ContainsKey('Data')) { $options.data = $Data }
    if ($PSBoundParameters.ContainsKey('MfaFrom')) { $options.mfaFrom = $MfaFrom; $options.mfaEvery = $MfaEvery }
    if ($PSBoundParameters.ContainsKey('IsMfaCompliant')) { $options.isMfaCompliant = $IsMfaCompliant }
    if ($PSBoundParameters.ContainsKey('AcceptsFirst')) { $options.acceptsFirst = $AcceptsFirst }
    Invoke-TestServer @{ do = 'start'; options = $options }
}

# Starts a sign-in service, whose tokens the given service accepts. -Option: the properties of SignInServerOptions.
function Start-TestSignIn {
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Server, [hashtable] $Option = @{}, [switch] $NeedsCertificate, [hashtable] $Refusal)
    $options = @{ for = $Server.server; options = $Option; needsCertificate = [bool]$NeedsCertificate }
    if ($Refusal) { $options.refusal = $Refusal }
    Invoke-TestServer @{ do = 'signIn'; options = $options }
}

function Stop-TestServer([Parameter(ValueFromPipeline)] $Server) {
    process { if ($Server) { $null = Invoke-TestServer @{ do = 'stop'; server = $Server.server } } }
}

# A way to misbehave: at which calls (-Method, -Address, -From, -To), and how. Without -Status the real answer is sent;
# -Applies: the call is carried out although the answer says otherwise, or is lost; -LateByReads: long after the answer, when the
# requests have been read so many more times.
function Set-TestFault {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] $Server, [string] $Method, [string] $Address, [int] $From = 1, [int] $To = [int]::MaxValue, [int] $Status,
        [string] $Body = '', [byte[]] $Bytes, [hashtable] $Header = @{}, [switch] $Applies,
        [ValidateSet('Answers', 'Cut', 'HalfAnAnswer', 'Silence')] [string] $Ending = 'Answers', [int] $DelayMs, [switch] $Holds, [int] $LateByReads, [int] $Every = 1
    )
    $rule = @{ from = $From; to = $To; body = $Body; headers = $Header; applies = [bool]$Applies; ending = $Ending; delayMs = $DelayMs; holds = [bool]$Holds; every = $Every }
    if ($Method) { $rule.method = $Method }
    if ($PSBoundParameters.ContainsKey('LateByReads')) { $rule.lateByReads = $LateByReads }
    if ($Bytes) { $rule.bytes = [Convert]::ToBase64String($Bytes) }
    if ($Address) { $rule.address = $Address }
    if ($PSBoundParameters.ContainsKey('Status')) { $rule.status = $Status }
    $null = Invoke-TestServer @{ do = 'fault'; server = $Server.server; rule = $rule }
}

function Reset-TestFault($Server) { $null = Invoke-TestServer @{ do = 'calm'; server = $Server.server } }

# Lets go on the calls that -Holds holds.
function Resume-TestCall($Server) { $null = Invoke-TestServer @{ do = 'release'; server = $Server.server } }

# The calls that came: number, method, path, query, body, requestId, headers.
function Get-TestCall($Server, [string]$Method) {
    $command = @{ do = 'calls'; server = $Server.server }
    if ($Method) { $command.method = $Method }
    Invoke-TestServer $command | ForEach-Object { $_ }
}

# Returns once so many calls have come.
function Wait-TestCall($Server, [string]$Method, [int]$Count = 1) {
    $command = @{ do = 'wait'; server = $Server.server; count = $Count }
    if ($Method) { $command.method = $Method }
    $null = Invoke-TestServer $command
}

# The texts of the notes that were added to a request; each sample comes with one, which is left out.
function Get-TestNote($Server, [string]$Id = '616122292874576') {
    Invoke-TestServer @{ do = 'notes'; server = $Server.server; id = $Id } | ForEach-Object { $_ } | Select-Object -Skip 1
}

function Get-TestValue($Server, [string]$Id, [string]$Property) { Invoke-TestServer @{ do = 'value'; server = $Server.server; id = $Id; property = $Property } }

# How many updates were carried out.
function Get-TestUpdateCount($Server) { Invoke-TestServer @{ do = 'updates'; server = $Server.server } }

# Everything secret that a sign-in service gave out, and the grants that it let through.
function Get-TestSecret($SignIn) { Invoke-TestServer @{ do = 'secrets'; server = $SignIn.server } | ForEach-Object { $_ } }
function Get-TestGrant($SignIn) { Invoke-TestServer @{ do = 'grants'; server = $SignIn.server } | ForEach-Object { $_ } }

# Connects this shell to a server with its token, unless told otherwise.
function Connect-TestServer {
    [CmdletBinding()]
    param([Parameter(Mandatory)] $Server, [string] $AccessToken = $Server.token, [switch] $Validates, [int] $MaximumRetryCount = 6, [int] $TimeoutSec = 30, [int] $SettleTimeSec = 0, [int] $MaximumOutageSec = 180)
    $null = Connect-PartnerCenter -AccessToken $AccessToken -Endpoint $Server.endpoint -SkipValidation:(-not $Validates) -MaximumRetryCount $MaximumRetryCount -TimeoutSec $TimeoutSec -SettleTimeSec $SettleTimeSec -MaximumOutageSec $MaximumOutageSec
}

Export-ModuleMember -Function *-Test*
