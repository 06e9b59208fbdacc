# What comes back to the module by whatever way asks for what was asked, and for nothing else. The table is printed with the run.

BeforeDiscovery {
    $things = 'requests', 'requests with notes', 'our export', 'journal entries', 'targets of errors'
    $ways = 'itself', 'CSV ,', 'CSV ;', 'CSV tab', 'CSV -UseCulture', 'JSON', 'Clixml', 'Select-Object', 'a job', '-Parallel', 'UTF-16 file', 'Windows-1252 file', 'file -Path'
    $trips = foreach ($thing in $things) { foreach ($way in $ways) { @{ Thing = $thing; Way = $way } } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $server = Start-TestServer -Generation Older
    Connect-TestServer $server
    $ids = 0..1 | ForEach-Object { Get-SampleId $_ }
    $german = [cultureinfo]'de-DE'
    $table = [ordered]@{}

    # The file that a spreadsheet writes of these, with a column Note where there is none.
    function Save-Sheet($Objects, [string]$Encoding) {
        $path = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.csv')
        $text = ($Objects | ConvertTo-Csv -Delimiter ';' -NoTypeInformation) -join "`r`n"
        $bytes = if ($Encoding -eq 'utf-16') { [Text.Encoding]::Unicode.GetPreamble() + [Text.Encoding]::Unicode.GetBytes($text) } else { [Text.Encoding]::GetEncoding([int]$Encoding).GetBytes($text) }
        [IO.File]::WriteAllBytes($path, $bytes)
        $path
    }

    # What was asked for in the beginning: of requests nothing, of the others what each says.
    $asked = @{
        'requests' = @(); 'requests with notes' = @(); 'our export' = @('{"NewNote":{"Text":"Grüße"}}', '{"NewNote":{"Text":"für 2"}}')
        'journal entries' = @('{"NewNote":{"Text":"größer"},"Status":"closed","Severity":"critical","Title":"t","Description":"d"}') * 2
        'targets of errors' = @('{"NewNote":{"Text":"schön"},"Status":"closed"}') * 2
    }

    function New-Thing([string]$Name) {
        switch ($Name) {
            'requests' { Get-PartnerServiceRequest | Where-Object Id -In $ids }
            'requests with notes' { Get-PartnerServiceRequest $ids }
            'our export' { $n = 0; Get-PartnerServiceRequest $ids | Select-Object *, @{ n = 'Note'; e = { if ($script:noted) { 'für 2' } else { $script:noted = 1; 'Grüße' } } }; $script:noted = 0 }
            'journal entries' {
                $path = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
                Set-TestFault $server -Method PATCH -Status 400 -Body '{"code":"1"}'
                Update-PartnerServiceRequest $ids -Note 'größer' -Status Closed -Severity Critical -Title t -Description d -JournalPath $path -ErrorAction SilentlyContinue 6>$null
                Reset-TestFault $server
                Get-PartnerServiceRequestJournal $path
            }
            'targets of errors' {
                Set-TestFault $server -Method PATCH -Status 400 -Body '{"code":"1"}'
                $ids | ForEach-Object { [pscustomobject]@{ Id = $_; Note = 'schön'; Status = 'Closed' } } | Update-PartnerServiceRequest -ErrorVariable refused -ErrorAction SilentlyContinue 6>$null
                Reset-TestFault $server
                $refused | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | ForEach-Object TargetObject
            }
        }
    }

    # The objects, or the file, that come back.
    function Move-Thing($Objects, [string]$Way) {
        switch ($Way) {
            'itself' { $Objects }
            'CSV ,' { $Objects | ConvertTo-Csv | ConvertFrom-Csv }
            'CSV ;' { $Objects | ConvertTo-Csv -Delimiter ';' | ConvertFrom-Csv -Delimiter ';' }
            'CSV tab' { $Objects | ConvertTo-Csv -Delimiter "`t" | ConvertFrom-Csv -Delimiter "`t" }
            'CSV -UseCulture' {
                $before = [cultureinfo]::CurrentCulture
                try { [Threading.Thread]::CurrentThread.CurrentCulture = $german; $Objects | ConvertTo-Csv -UseCulture | ConvertFrom-Csv -UseCulture }
                finally { [Threading.Thread]::CurrentThread.CurrentCulture = $before }
            }
            'JSON' { $Objects | ConvertTo-Json -Depth 4 | ConvertFrom-Json | ForEach-Object { $_ } }
            'Clixml' { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($Objects, 4)) | ForEach-Object { $_ } }
            'Select-Object' { $Objects | Select-Object * }
            'a job' { $Objects | Start-Job { $input } | Receive-Job -Wait -AutoRemoveJob }
            '-Parallel' { $Objects | ForEach-Object -Parallel { $_ } | Sort-Object Id }
            'UTF-16 file' { Import-Csv (Save-Sheet $Objects 'utf-16') -Delimiter ';' }
            'Windows-1252 file' { Import-Csv (Save-Sheet $Objects '1252') -Delimiter ';' -Encoding 1252 }
        }
    }

    # "what is sent" of a command, bodies in order; the ids of errors behind.
    function Get-Sent([scriptblock]$Command) {
        $before = @(Get-TestCall $server PATCH).Count
        $failed = @(& $Command 2>&1 3>$null 6>$null | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        @(Get-TestCall $server PATCH | Select-Object -Skip $before | Sort-Object { $_.path } | ForEach-Object body) + @(Get-ErrorId $failed)
    }
}

AfterAll {
    Disconnect-PartnerCenter
    Stop-TestServer $server
    $columns = @($table.Values | ForEach-Object Keys | Select-Object -Unique)
    $rows = foreach ($thing in $table.Keys) { $row = [ordered]@{ 'What \ by' = $thing }; $columns | ForEach-Object { $row[$_] = $table[$thing][$_] }; [pscustomobject]$row }
    $text = $rows | Format-Table -Property * -AutoSize | Out-String -Width 260
    Write-Host $text

    # For whoever runs it where nothing of this is shown: beside the other results.
    $results = [IO.Path]::Combine($PSScriptRoot, '..', 'TestResults')
    $null = New-Item -ItemType Directory -Path $results -Force
    [IO.File]::WriteAllText((Join-Path $results 'round-trips.txt'), $text)
}

Describe '<Thing> by <Way>' -ForEach $trips {
    It 'ask for what was asked, and for nothing else' {
        $objects = @(New-Thing $Thing)
        $objects.Count | Should -Be 2
        if (-not $table.Contains($Thing)) { $table[$Thing] = [ordered]@{} }
        $table[$Thing][$Way] = 'WRONG'
        $expected = $asked[$Thing]
        if ($Way -eq 'file -Path') {
            $file = Save-Sheet $objects '1252'
            $sent = @(Get-Sent { try { Update-PartnerServiceRequest -Path $file -Encoding 1252 } catch { Write-Error -ErrorRecord $_ } })
            if ($expected) { $sent | Should -Be $expected } else { @($sent) -match '^\{' | Should -BeNullOrEmpty }
            $table[$Thing][$Way] = if ($expected) { 'as asked' } else { 'nothing' }
            return
        }

        $back = @(Move-Thing $objects $Way)
        $back.Count | Should -Be 2

        # Into Get: these requests.
        ($back | Get-PartnerServiceRequest).Id | Should -Be $ids

        # Into Update, with and without a wish for all.
        $sent = @(Get-Sent { $back | Update-PartnerServiceRequest })
        if ($expected) { $sent | Should -Be $expected } else { $sent | Should -Be 'NothingToUpdate', 'NothingToUpdate' }
        Get-Sent { $back | Update-PartnerServiceRequest -Note all -Status Open } | Should -Be @($(if ($expected) { $expected } else { '{}', '{}' }) | ForEach-Object {
            $body = [ordered]@{ NewNote = @{ Text = 'all' }; Status = 'open' }
            $own = ConvertFrom-Json $_
            'Severity', 'Title', 'Description' | Where-Object { $own.$_ } | ForEach-Object { $body[$_] = $own.$_ }
            ConvertTo-Json $body -Compress
        })

        # -WhatIf sends nothing, and names as many.
        Get-Sent { $back | Update-PartnerServiceRequest -Note all -WhatIf } | Should -BeNullOrEmpty
        $table[$Thing][$Way] = if ($expected) { 'as asked' } else { 'nothing' }
    }
}
