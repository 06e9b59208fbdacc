# Ctrl+C, as the host stops a pipeline: it ends at once, nothing new is sent, and the journal says what is not known.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Stopping a run' {
    BeforeEach {
        $server = Start-TestServer
        Connect-TestServer $server
        $context = Get-PartnerContext
        $journal = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($ManifestPath, $context, $journal)
                Import-Module $ManifestPath
                0..50 | ForEach-Object { [pscustomobject]@{ Id = 616122292874576 + 5 * $_; Note = 'x' } } |
                    Update-PartnerServiceRequest -JournalPath $journal -ThrottleLimit 3 -Connection $context
            }).AddArgument($ManifestPath).AddArgument($context).AddArgument($journal)
    }

    AfterEach {
        $shell.Dispose()
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'ends it, sends nothing new, and journals what was under way as unknown' {
        Set-TestFault $server -Method PATCH -Ending Silence
        $running = $shell.BeginInvoke()
        Wait-TestCall $server PATCH 3
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $entries = Get-PartnerServiceRequestJournal $journal
        $entries.Outcome | Should -Be Unknown, Unknown, Unknown
        $entries.EndedAt | Should -Not -Contain $null
        Get-TestCall $server PATCH | Should -HaveCount 3
    }

    It 'that has the journal: another run is refused it meanwhile, and it can be read' {
        Set-TestFault $server -Method PATCH -Ending Silence -Applies
        $running = $shell.BeginInvoke()
        Wait-TestCall $server PATCH 3
        { Update-PartnerServiceRequest (Get-SampleId 0) -Note x -JournalPath $journal } | Should -Throw -ErrorId 'JournalInUse*'
        (Get-PartnerServiceRequestJournal $journal).Outcome | Should -Be Unknown, Unknown, Unknown
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
    }

    It 'downstream, early, sends no more than was under way' {
        $updated = 0..199 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId ($_ % 20); Note = "n$_" } } |
            Update-PartnerServiceRequest -ThrottleLimit 2 | Select-Object -First 1
        $updated | Should -HaveCount 1
        Get-TestUpdateCount $server | Should -BeIn (1..199)
    }

    It 'names every update that landed and was not shown, also the one that was just being shown' {
        $said = (Invoke-Fresh '
            $ErrorActionPreference = "Stop"
            $null = Connect-PartnerCenter -Emulator
            $ids = @(Get-PartnerServiceRequest -First 8 | ForEach-Object Id)
            # Nothing in PowerShell stops it while it holds the first: so it is the second whose writing is refused.
            Add-Type -TypeDefinition "
                using System.Collections.Concurrent; using System.Management.Automation; using System.Threading;
                public class Held
                {
                    public ConcurrentQueue<object> Shown = new ConcurrentQueue<object>();
                    public ManualResetEventSlim Gate = new ManualResetEventSlim();
                    public PSDataCollection<PSObject> Output = new PSDataCollection<PSObject>();
                    public Held() { Output.DataAdded += (s, e) => { Shown.Enqueue(Output[e.Index].Properties[""Id""].Value); Gate.Wait(); }; }
                }"
            $held = [Held]::new()
            $shell = [powershell]::Create([runspacefactory]::CreateRunspace($Host))
            $shell.Runspace.Open()
            $null = $shell.AddScript({
                    param($ManifestPath, $context, $ids)
                    Import-Module $ManifestPath
                    $ids | ForEach-Object { [pscustomobject]@{ Id = $_; Note = "landed" } } | Update-PartnerServiceRequest -ThrottleLimit 4 -Connection $context
                }).AddArgument($ManifestPath).AddArgument((Get-PartnerContext)).AddArgument($ids)
            $nothing = [Management.Automation.PSDataCollection[int]]::new()
            $nothing.Complete()
            $running = $shell.BeginInvoke($nothing, $held.Output)
            function Landed { @(Get-PartnerServiceRequest -Id $ids | Where-Object { $_.Notes.Text -contains "landed" } | ForEach-Object Id) }
            while (-not $held.Shown.Count -or (Landed).Count -lt 3) { $null = [Threading.Thread]::Yield() }
            $stopping = $shell.BeginStop($null, $null)
            while ($shell.InvocationStateInfo.State -eq "Running") { $null = [Threading.Thread]::Yield() }
            $held.Gate.Set()
            $shell.EndStop($stopping)
            "shown: $($held.Shown)"
            "landed: $(Landed)"') -join ' '
        $landed = [regex]::Match($said, ' landed: ([\d ]+)').Groups[1].Value.Trim() -split ' '
        $landed.Count | Should -BeGreaterThan 2
        $before = $said -replace ' landed: .*'
        $landed | ForEach-Object { $before | Should -Match $_ }
    }
}
