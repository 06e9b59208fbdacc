# What scripts may rely on, as it is committed in Surface.txt: a change to it is red until the snapshot and the CHANGELOG say so.
# To write it anew: $env:PARTNERCENTERSR_DRAW = 1; the test then names what the CHANGELOG has to have.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $snapshot = Join-Path $PSScriptRoot 'Surface.txt'
    $module = Get-Module PartnerCenterSR
    $common = [Management.Automation.Cmdlet]::CommonParameters + 'ProgressAction'

    function Get-CommandSurface {
        foreach ($command in Get-Command -Module PartnerCenterSR -CommandType Cmdlet | Sort-Object Name) {
            $attribute = $command.ImplementingType.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0]
            'cmdlet {0} -> {1}; default set {2}; ShouldProcess {3} {4}; paging {5}' -f $command.Name, ($command.OutputType.Name -join ', '), $command.DefaultParameterSet,
                $attribute.SupportsShouldProcess, $attribute.ConfirmImpact, $attribute.SupportsPaging
            foreach ($set in $command.ParameterSets | Sort-Object Name) {
                "  set $($set.Name)"
                foreach ($parameter in $set.Parameters | Where-Object Name -NotIn $common | Sort-Object Name) {
                    $traits = @(
                        if ($parameter.IsMandatory) { 'mandatory' }
                        if ($parameter.Position -ge 0) { "position $($parameter.Position)" }
                        if ($parameter.ValueFromPipeline) { 'by value' }
                        if ($parameter.ValueFromPipelineByPropertyName) { 'by name' }
                        if ($parameter.Aliases) { 'aliases ' + (($parameter.Aliases | Sort-Object) -join ' ') }
                        $parameter.Attributes | ForEach-Object {
                            if ($_ -is [ValidateSet]) { 'one of ' + ($_.ValidValues -join ' ') }
                            elseif ($_ -is [ValidateRange]) { "from $($_.MinRange) to $($_.MaxRange)" }
                            elseif ($_.GetType().Name -match '^(Validate|Allow)') { $_.GetType().Name -replace 'Attribute$' }
                        }
                    )
                    '    -{0} <{1}> {2}' -f $parameter.Name, $parameter.ParameterType, ($traits -join '; ')
                }
            }
        }

        Get-Alias | Where-Object { $_.Source -eq 'PartnerCenterSR' } | Sort-Object Name | ForEach-Object { "alias $($_.Name) = $($_.ResolvedCommandName)" }
    }

    # The properties of what is written, the hidden ones too.
    function Get-TypeSurface([string]$What, $Object) {
        "type $What = $($Object.PSObject.TypeNames[0])"
        $Object.PSObject.Properties | Sort-Object Name | ForEach-Object { '  {0} {1}{2}' -f $_.Name, $_.TypeNameOfValue, $(if ($_.MemberType -ne 'Property') { " ($($_.MemberType))" }) }
        $hidden = @(Get-Member -InputObject $Object -Force -MemberType CodeProperty, AliasProperty | ForEach-Object Name | Where-Object { $_ -notlike 'Shown*' -and $_ -ne 'pstypenames' } | Sort-Object)
        if ($hidden) { '  beside: ' + ($hidden -join ' ') }
    }

    function Get-Surface {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
        Get-CommandSurface
        $request = Get-PartnerServiceRequest (Get-SampleId 0)
        Get-TypeSurface 'a request' $request
        Get-TypeSurface 'a note' $request.Notes[0]
        Get-TypeSurface 'an organization' $request.Organization
        Get-TypeSurface 'a contact' $request.PrimaryContact
        Get-TypeSurface 'a connection' (Get-PartnerContext)
        $assembly = $request.GetType().Assembly
        foreach ($name in 'ServiceRequestFileLink', 'ServiceRequestAppointment', 'PartnerCenterException') {
            "type $name"
            $assembly.GetType("PartnerCenterSR.$name").GetProperties() | Where-Object DeclaringType -EQ $assembly.GetType("PartnerCenterSR.$name") | Sort-Object Name | ForEach-Object { '  {0} {1}' -f $_.Name, $_.PropertyType }
        }

        foreach ($name in 'ServiceRequestStatus', 'ServiceRequestSeverity', 'UpdateOutcome', 'PartnerEnvironment', 'SignInKind') {
            $enum = $assembly.GetType("PartnerCenterSR.$name")
            if ($enum) { 'words of {0}: {1}' -f $name, (([Enum]::GetValues($enum) | ForEach-Object { "$_ $([int]$_)" }) -join ', ') }
        }

        $path = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        $rows = "Id,Note,Status`n$(Get-SampleId 1),a,Closed`n1,b,`nbad,c," | ConvertFrom-Csv
        $null = $rows | Update-PartnerServiceRequest -Severity Minimal -Title t -Description d -JournalPath $path -InformationVariable told -ErrorAction SilentlyContinue 6>$null
        Get-TypeSurface 'an entry of a journal' (Get-PartnerServiceRequestJournal $path | Select-Object -First 1)
        Get-TypeSurface 'a summary' $told[-1].MessageData
        'summary "{0}"' -f ("$($told[-1].MessageData)" -replace '\d\d:\d\d:\d\d', 'h:mm:ss' -replace [regex]::Escape($path), 'path')
        Get-Content $path | ForEach-Object { $_ | ConvertFrom-Json } | Group-Object type | Sort-Object Name | ForEach-Object {
            'journal {0}: {1}' -f $_.Name, (($_.Group | ForEach-Object { $_.PSObject.Properties.Name } | Sort-Object -Unique) -join ' ')
        }
        'error ids: ' + (($assembly.GetType('PartnerCenterSR.ErrorIds').GetFields() | ForEach-Object { $_.GetRawConstantValue() } | Sort-Object) -join ' ')
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }
}

Describe 'The surface' {
    It 'is what is committed' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        # The names of generic types have the version of the runtime in them.
        $surface = @(Get-Surface | ForEach-Object { ($_ -replace ', Version=[^\]]*', '').TrimEnd() })
        if ($env:PARTNERCENTERSR_DRAW) { [IO.File]::WriteAllText($snapshot, ($surface -join "`n") + "`n") }
        $surface | Should -Be ([IO.File]::ReadAllLines($snapshot))
    }

    It 'is the one that the CHANGELOG tells of' {
        $bytes = [Text.Encoding]::UTF8.GetBytes([IO.File]::ReadAllText($snapshot).Replace("`r", ''))
        $hash = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes)).Replace('-', '').Substring(0, 8).ToLowerInvariant()
        $changelog = [IO.File]::ReadAllText([IO.Path]::Combine($PSScriptRoot, '..', '..', 'CHANGELOG.md'))
        $changelog | Should -Match ('(?s)^# Changelog\s+## [^\n]+\n+Surface ' + $hash + '\b') -Because 'what scripts rely on has changed: say how, and under which version'
    }
}
