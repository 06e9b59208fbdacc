# What a row wishes, and nothing else, reaches the service; a row that wishes nothing sensible is told.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $id = Get-SampleId 1

    # What is sent when these are piped, one body a call; or the ids of the errors.
    function Get-Sent($Piped, [hashtable]$With = @{}) {
        $before = @(Get-TestCall $server -Method PATCH).Count
        $null = $Piped | Update-PartnerServiceRequest @With -ErrorVariable failed -ErrorAction SilentlyContinue 6>$null
        $sent = @(Get-TestCall $server -Method PATCH | Select-Object -Skip $before | ForEach-Object body)
        if ($failed) { @(Get-ErrorId ($failed | Where-Object { $_ -is [Management.Automation.ErrorRecord] })) + $sent } else { $sent }
    }

    # The forms in which a row or a request comes back.
    $trips = @{
        'itself' = { $args[0] }
        'Select-Object *' = { $args[0] | Select-Object * }
        'CSV' = { $args[0] | ConvertTo-Csv | ConvertFrom-Csv }
        'CSV;' = { $args[0] | ConvertTo-Csv -Delimiter ';' | ConvertFrom-Csv -Delimiter ';' }
        'JSON' = { $args[0] | ConvertTo-Json -Depth 4 | ConvertFrom-Json }
        'JSON -AsHashtable' = { $args[0] | ConvertTo-Json -Depth 4 | ConvertFrom-Json -AsHashtable }
        'Clixml' = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($args[0], 4)) }
        'job' = { Start-ThreadJob { $args[0] | Select-Object Id, Status, StatusText } -ArgumentList $args[0] | Receive-Job -Wait -AutoRemoveJob }
    }
}

Describe 'What a request says of itself is no change' {
    BeforeEach {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
        $request = Get-PartnerServiceRequest $id
        $null = Update-PartnerServiceRequest $id -Status Closed
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'as <_>, with a note put on it' -ForEach 'itself', 'Select-Object *', 'CSV', 'CSV;', 'JSON', 'Clixml', 'job' {
        $row = & $trips[$_] $request | Add-Member -NotePropertyName Note -NotePropertyValue 'a note' -PassThru
        Get-Sent $row | Should -Be '{"NewNote":{"Text":"a note"}}'
        Get-TestValue $server $id status | Should -Be closed
    }

    It 'as <_>, with a note for all' -ForEach 'itself', 'Select-Object *', 'CSV', 'CSV;', 'JSON', 'JSON -AsHashtable', 'Clixml', 'job' {
        Get-Sent (& $trips[$_] $request) @{ Note = 'for all' } | Should -Be '{"NewNote":{"Text":"for all"}}'
    }

    It 'as <_>, without any wish' -ForEach 'itself', 'Select-Object *', 'CSV', 'JSON', 'JSON -AsHashtable', 'Clixml', 'job' {
        Get-Sent (& $trips[$_] $request) | Should -Be 'NothingToUpdate'
    }

    It 'but a status that was changed in it is one: <_>' -ForEach 'CSV', 'JSON', 'Select-Object *', 'Clixml' {
        $row = & $trips[$_] $request
        $row.Status = 'AttentionNeeded'
        Get-Sent $row | Should -Be '{"Status":"attention_needed"}'
    }

    It 'but a row of one''s own with a status is a wish' {
        Get-Sent ([pscustomobject]@{ Id = $id; Status = 'Open' }) | Should -Be '{"Status":"open"}'
    }
}

Describe 'A note' {
    BeforeAll {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
    }

    AfterAll {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'as <Name> is its text' -ForEach @(
        @{ Name = 'a number'; Note = { 42 }; Text = '42' }
        @{ Name = 'a fraction'; Note = { 1.5 }; Text = '1.5' }
        @{ Name = 'a date'; Note = { [datetime]::new(2026, 3, 4, 5, 6, 7, [DateTimeKind]::Utc) }; Text = '2026-03-04T05:06:07Z' }
        @{ Name = 'a date of JSON'; Note = { ('{"d":"2026-03-04T05:06:07Z"}' | ConvertFrom-Json).d }; Text = '2026-03-04T05:06:07Z' }
        @{ Name = 'the wire''s shape'; Note = { @{ Text = 'real' } }; Text = 'real' }
        @{ Name = 'the old module''s shape'; Note = { [pscustomobject]@{ Text = 'real'; CreatedByName = 'me' } }; Text = 'real' }
        @{ Name = 'a note'; Note = { (Get-PartnerServiceRequest $id).Notes[0] }; Text = 'We have received your request.' }
        @{ Name = 'text with a number sign'; Note = { '#1 is done' }; Text = '#1 is done' }
        @{ Name = 'text with null in it'; Note = { 'null and void' }; Text = 'null and void' }
    ) {
        $note = & $Note
        $body = @{ NewNote = @{ Text = $Text } } | ConvertTo-Json -Compress
        Get-Sent ([pscustomobject]@{ Id = $id; Note = $note }) | Should -Be $body
        Get-Sent ([pscustomobject]@{ Id = $id; NewNote = $note }) | Should -Be $body
        Get-Sent @{ Id = $id; Note = $note } | Should -Be $body
        Get-Sent $id @{ Note = $note } | Should -Be $body
    }

    It 'as <Name> is InvalidNote, and nothing is sent' -ForEach @(
        @{ Name = 'a hashtable'; Note = { @{ a = 1 } } }
        @{ Name = 'an object'; Note = { [pscustomobject]@{ a = 1 } } }
        @{ Name = 'a list'; Note = { 'x', 'y' } }
        @{ Name = 'a file'; Note = { Get-Item $PSHOME } }
        @{ Name = 'a truth value'; Note = { $true } }
        @{ Name = '#N/A'; Note = { '#N/A' } }
        @{ Name = '#REF!'; Note = { '#REF!' } }
        @{ Name = '#WERT!'; Note = { '#WERT!' } }
        @{ Name = '#NOM?'; Note = { '#NOM?' } }
        @{ Name = '########'; Note = { '########' } }
        @{ Name = 'NULL'; Note = { ' NULL ' } }
        @{ Name = 'a type''s name'; Note = { 'System.Object[]' } }
        @{ Name = 'an object''s text'; Note = { '@{Text=x}' } }
        @{ Name = 'a lost character'; Note = { "caf$([char]0xFFFD)" } }
        @{ Name = 'half a pair'; Note = { "x$([char]0xD83D)" } }
    ) {
        $note = & $Note
        Get-Sent ([pscustomobject]@{ Id = $id; Note = $note }) | Should -Be 'InvalidNote'
        Get-Sent @{ Id = $id; Note = $note } | Should -Be 'InvalidNote'
        Get-Sent $id @{ Note = $note } | Should -Be 'InvalidNote'
    }

    It 'by a script block is asked for each: <Name>' -ForEach @(
        @{ Name = 'a request'; Piped = { Get-PartnerServiceRequest $id }; Script = { "Dear $($_.Organization)" }; Text = 'Dear Wingtip Toys' }
        @{ Name = 'a row'; Piped = { [pscustomobject]@{ Id = $id; Who = 'you' } }; Script = { "Dear $($_.Who)" }; Text = 'Dear you' }
        @{ Name = 'a hashtable'; Piped = { @{ Id = $id; Who = 'you' } }; Script = { "Dear $($PSItem.Who)" }; Text = 'Dear you' }
        @{ Name = 'an id'; Piped = { $id }; Script = { "About $_" }; Text = 'About 616122292874581' }
    ) {
        Get-Sent (& $Piped) @{ Note = $Script } | Should -Be (@{ NewNote = @{ Text = $Text } } | ConvertTo-Json -Compress)
    }

    It 'by a script block with nothing to ask for is an error, never its text' {
        { Update-PartnerServiceRequest $id -Note { 'x' } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidNote*'
        { Update-PartnerServiceRequest $id -Title { 'x' } -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidNote*'
    }

    It 'so a status and a title by a script block' {
        Get-Sent ([pscustomobject]@{ Id = $id; Done = 'yes' }) @{ Status = { if ($_.Done -eq 'yes') { 'Closed' } }; Title = { "was $($_.Id)" } } | Should -Be "{`"Status`":`"closed`",`"Title`":`"was $id`"}"
    }
}

Describe 'An id' {
    BeforeAll {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
    }

    AfterAll {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'as <_> is the same request' -ForEach '="616122292874581"', "'616122292874581", '616122292874581.0', '616122292874581,00', ' 616122292874581 ', "$([char]0x200B)616122292874581$([char]0xFEFF)", "$([char]0x202A)616122292874581$([char]0x202C)" {
        Get-Sent ([pscustomobject]@{ Id = $_; Note = 'n' }) | Should -Be '{"NewNote":{"Text":"n"}}'
    }

    It 'as <_> is a number' -ForEach ([double]616122292874581), ([decimal]616122292874581), ([bigint]616122292874581), ([long]616122292874581) {
        Get-Sent ([pscustomobject]@{ Id = $_; Note = 'n' }) | Should -Be '{"NewNote":{"Text":"n"}}'
        Get-Sent $_ @{ Note = 'n' } | Should -Be '{"NewNote":{"Text":"n"}}'
        (Update-PartnerServiceRequest -Id $_ -Note n).Id | Should -Be $id
    }

    It 'under the header <_> is found' -ForEach 'ID', 'service-request-id', 'Service Request Id', 'service_request_id', 'Request Id ' {
        Get-Sent ([pscustomobject]@{ $_ = $id; Note = 'n' }) | Should -Be '{"NewNote":{"Text":"n"}}'
        Get-Sent @{ $_ = $id; Note = 'n' } | Should -Be '{"NewNote":{"Text":"n"}}'
    }

    It 'of <Name> stands for the request' -ForEach @(
        @{ Name = 'a request at position 0'; Do = { Update-PartnerServiceRequest (Get-PartnerServiceRequest $id) -Note n } }
        @{ Name = 'a row at position 0'; Do = { Update-PartnerServiceRequest ([pscustomobject]@{ Id = $id }) -Note n } }
        @{ Name = 'an error'; Do = { $failed = try { Write-Error x -TargetObject ([pscustomobject]@{ Id = $id }) -ErrorAction Stop } catch { $_ }; $failed | Update-PartnerServiceRequest -Note n } }
    ) {
        (& $Do).Id | Should -Be $id
    }
}

Describe 'A request of another module' {
    BeforeAll {
        Add-Type -TypeDefinition 'namespace Older.Models { public class PSServiceRequest { public string ServiceRequestId {get;set;} public string Status {get;set;} public string Title {get;set;} public object NewNote {get;set;} public System.DateTime LastClosedDate {get;set;} } }'
        $typed = { $it = New-Object Older.Models.PSServiceRequest; $it.ServiceRequestId = $id; $it.Status = 'Closed'; $it.Title = 'theirs'; $it }
        $named = { $it = [pscustomobject]@{ id = $id; status = 'closed'; title = 'theirs' }; $it.PSObject.TypeNames.Insert(0, 'ServiceRequest'); $it }
    }

    BeforeEach {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It '<Name> stands for its number, and is told of once' -ForEach @(
        @{ Name = 'that has a type'; Make = { & $typed } }
        @{ Name = 'that has a type, from Clixml'; Make = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((& $typed), 4)) } }
        @{ Name = 'that has a name only'; Make = { & $named } }
    ) {
        $both = @(& $Make) + @(& $Make)
        $sent = Get-Sent $both @{ Note = 'x'; WarningVariable = 'warned'; WarningAction = 'SilentlyContinue' }
        $sent | Should -Be '{"NewNote":{"Text":"x"}}', '{"NewNote":{"Text":"x"}}'
        Get-Sent (& $Make) @{ WarningAction = 'SilentlyContinue' } | Should -Be 'NothingToUpdate'
        $warned = @($both | Update-PartnerServiceRequest -Note y -WhatIf 3>&1 6>$null)
        $warned | Should -HaveCount 1
        "$warned" | Should -BeLike '*-Status { $_.Status } sets theirs.'
    }

    It 'has the state that the command line says, or its own where that asks for it' {
        Get-Sent (& $typed) @{ Status = 'Open' } | Should -Be '{"Status":"open"}'
        Get-Sent (& $typed) @{ Status = { $_.Status } } | Should -Be '{"Status":"closed"}'
        Get-Sent (& $named) @{ Status = { $_.Status } } | Should -Be '{"Status":"closed"}'
    }

    It 'has the note that was put on it sent: <Name>' -ForEach @(
        @{ Name = 'as the wire has it'; Put = { $_.NewNote = [pscustomobject]@{ Text = 'theirs' } } }
        @{ Name = 'as text'; Put = { $_.NewNote = 'theirs' } }
    ) {
        Get-Sent (& $typed | ForEach-Object { $_ | ForEach-Object $Put; $_ }) @{ WarningAction = 'SilentlyContinue' } | Should -Be '{"NewNote":{"Text":"theirs"}}'
    }
}

Describe 'An entry of a journal, piped back' {
    It 'asks for all that it asked for' {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
        $journal = Join-Path $TestDrive 'wishes.jsonl'
        Set-TestFault $server -Method PATCH -Status 400
        Update-PartnerServiceRequest $id -Note n -Severity Critical -Title t -Description d -JournalPath $journal -ErrorAction SilentlyContinue 6>$null
        Reset-TestFault $server
        $entry = Get-PartnerServiceRequestJournal $journal
        Get-Sent $entry | Should -Be '{"NewNote":{"Text":"n"},"Severity":"critical","Title":"t","Description":"d"}'
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }
}
