# Nothing is done otherwise than it was meant without a word: what cannot be told is an error, before anything is sent of it.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $server = Start-TestServer -Generation Older
    Connect-TestServer $server
    $ids = 0..1 | ForEach-Object { Get-SampleId $_ }
    $a, $b = $ids

    # What a command sends, "id body" a call, then the ids of its errors.
    function Get-Deed([scriptblock]$Command) {
        $before = @(Get-TestCall $server PATCH).Count
        $failed = @()
        try { $failed = @(& $Command 2>&1 3>$null 6>$null | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) } catch { $failed = @($_) }
        $sent = @(Get-TestCall $server PATCH | Select-Object -Skip $before | ForEach-Object { '{0} {1}' -f ($_.path -split '/')[-1], $_.body })
        @($sent | Sort-Object) + @(Get-ErrorId $failed)
    }

    function New-File([string]$Text) {
        $path = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.csv')
        Set-Content -LiteralPath $path -Value $Text -Encoding UTF8
        $path
    }
}

AfterAll {
    Disconnect-PartnerCenter
    Stop-TestServer $server
}

Describe 'What a script block gives' {
    It 'is one value or an error: <Name>' -ForEach @(
        @{ Name = 'lines for a note'; With = { @{ Note = { 'Dear customer,'; 'Regards' } } }; Error = 'InvalidNote' }
        @{ Name = 'a value that slipped out'; With = { @{ Note = { $list = New-Object Collections.ArrayList; 'the text'; $list.Add(1) } } }; Error = 'InvalidNote' }
        @{ Name = 'two states'; With = { @{ Status = { 'Closed'; 'Open' } } }; Error = 'InvalidStatus' }
        @{ Name = 'two titles'; With = { @{ Title = { 'a'; 'b' } } }; Error = 'InvalidNote' }
        @{ Name = 'a file that is not there'; With = { @{ Status = 'Closed'; Note = { Get-Content 'missing.txt' } } }; Error = 'InvalidNote' }
        @{ Name = 'an error of its own'; With = { @{ Status = 'Closed'; Description = { Write-Error 'no'; 'x' } } }; Error = 'InvalidNote' }
        @{ Name = 'what a spreadsheet writes for nothing'; With = { @{ Title = { '#N/A' } } }; Error = 'InvalidNote' }
    ) {
        $with = & $With
        Get-Deed { Get-PartnerServiceRequest $a | Update-PartnerServiceRequest @with } | Should -Be $Error
    }

    It 'that is nothing or blank changes nothing of its property' {
        Get-Deed { Get-PartnerServiceRequest $a | Update-PartnerServiceRequest -Note 'n' -Title { } -Description { '  ' } -Status { if ($false) { 'Closed' } } } | Should -Be "$a {`"NewNote`":{`"Text`":`"n`"}}"
    }

    It 'for a file has nothing to be asked for: <_>' -ForEach 'Title', 'Description', 'Note', 'Status' {
        $with = @{ $_ = { 'x' } }
        $file = New-File "Id,$(if ($_ -eq 'Note') { 'Status' } else { 'Note' })`n$a,$(if ($_ -eq 'Note') { 'Closed' } else { 'n' })"
        Get-Deed { Update-PartnerServiceRequest -Path $file @with } | Should -Be $(if ($_ -eq 'Status') { 'InvalidStatus' } else { 'InvalidNote' })
        Get-Deed { Get-Item $file | Update-PartnerServiceRequest @with } | Should -Be $(if ($_ -eq 'Status') { 'InvalidStatus' } else { 'InvalidNote' })
    }
}

Describe 'A list piped as one object' {
    It 'is as many rows, each with its own cells' {
        $rows = [pscustomobject]@{ Id = $a; Note = 'for a' }, @{ Id = $b; Note = 'for b' }
        Get-Deed { , $rows | Update-PartnerServiceRequest -Status Closed } | Should -Be @(
            "$a {`"NewNote`":{`"Text`":`"for a`"},`"Status`":`"closed`"}", "$b {`"NewNote`":{`"Text`":`"for b`"},`"Status`":`"closed`"}")
    }

    It 'has each request as $_' {
        Get-Deed { , @(Get-PartnerServiceRequest $a, $b) | Update-PartnerServiceRequest -Note { "Dear $($_.Organization)" } } | Should -Be @(
            "$a {`"NewNote`":{`"Text`":`"Dear Fabrikam GmbH`"}}", "$b {`"NewNote`":{`"Text`":`"Dear Wingtip Toys`"}}")
    }

    It 'as a table of data is as many rows' {
        $table = New-Object Data.DataTable
        'Id', 'Note' | ForEach-Object { $null = $table.Columns.Add($_) }
        $null = $table.Rows.Add($a, 'one'); $null = $table.Rows.Add($b, 'two')
        Get-Deed { , $table | Update-PartnerServiceRequest } | Should -Be "$a {`"NewNote`":{`"Text`":`"one`"}}", "$b {`"NewNote`":{`"Text`":`"two`"}}"
    }
}

Describe 'An id on the command line beside what is piped' {
    It 'is refused: <Name>' -ForEach @(
        @{ Name = 'by name'; Do = { Get-PartnerServiceRequest $b | Update-PartnerServiceRequest -Id $a -Note x } }
        @{ Name = 'a note in its place'; Do = { Get-PartnerServiceRequest $b | Update-PartnerServiceRequest 'We are on it' Closed } }
        @{ Name = 'a row'; Do = { [pscustomobject]@{ Id = $b; Note = 'x' } | Update-PartnerServiceRequest -Id $a } }
        @{ Name = 'a file'; Do = { Get-Item (New-File "Id,Note`n$b,x") | Update-PartnerServiceRequest -Id $a } }
        @{ Name = 'by default'; Do = { $PSDefaultParameterValues = @{ 'Update-PartnerServiceRequest:Id' = $a }; Get-PartnerServiceRequest $b | Update-PartnerServiceRequest -Note x } }
    ) {
        Get-Deed $Do | Should -Be 'InvalidId'
    }

    It 'as a script block is asked of each' {
        Get-Deed { [pscustomobject]@{ Id = $b; Ticket = $a; Note = 'x' } | Update-PartnerServiceRequest -Id { $_.Ticket } } | Should -Be "$a {`"NewNote`":{`"Text`":`"x`"}}"
        Get-Deed { [pscustomobject]@{ Id = $b; Note = 'x' }, [pscustomobject]@{ Id = $b; Ticket = $a; Note = 'y' } | Update-PartnerServiceRequest -Id { $_.Ticket } } | Should -Be "$a {`"NewNote`":{`"Text`":`"y`"}}", 'InvalidId'
    }
}

Describe 'A row whose number has another name' {
    It 'is never a list of its customer: <Name>' -ForEach @(
        @{ Name = 'with a customer'; Row = { [pscustomobject]@{ Ticket = $b; CustomerId = $customer } }; With = @{} }
        @{ Name = 'as a hashtable'; Row = { @{ 'Case Id' = $b; TenantId = $customer } }; With = @{} }
        @{ Name = 'with the customer on the command line'; Row = { [pscustomobject]@{ Ticket = $b } }; With = @{ CustomerId = '3b33e682-00c3-41ee-9dd2-a548adf56438' } }
        @{ Name = 'of no number at all'; Row = { [pscustomobject]@{ Colour = 'red' } }; With = @{ CustomerId = '3b33e682-00c3-41ee-9dd2-a548adf56438' } }
        @{ Name = 'a group'; Row = { 1, 2 | Group-Object }; With = @{ CustomerId = '3b33e682-00c3-41ee-9dd2-a548adf56438' } }
    ) {
        $customer = '3b33e682-00c3-41ee-9dd2-a548adf56438'
        $found = & $Row | Get-PartnerServiceRequest @With -ErrorVariable failed -ErrorAction SilentlyContinue
        $found | Should -BeNullOrEmpty
        Get-ErrorId $failed | Select-Object -Unique | Should -Be 'InvalidId'
    }

    It 'but a customer is' {
        ([pscustomobject]@{ CustomerId = '3b33e682-00c3-41ee-9dd2-a548adf56438'; Domain = 'fabrikam.example'; Name = 'Fabrikam' } | Get-PartnerServiceRequest).Organization.Name | Select-Object -Unique | Should -Be 'Fabrikam GmbH'
    }
}

Describe 'A part of a request' {
    It 'has the state that somebody wrote into it sent: <Name>' -ForEach @(
        @{ Name = 'computed'; Make = { Get-PartnerServiceRequest $a | Select-Object Id, @{ n = 'Status'; e = { 'Closed' } }, @{ n = 'Note'; e = { 'bye' } } } }
        @{ Name = 'assigned'; Make = { Get-PartnerServiceRequest $a | Select-Object Id, Status, Note | ForEach-Object { $_.Status = 'Closed'; $_.Note = 'bye'; $_ } } }
        @{ Name = 'from a file with its type'; Make = { Import-Csv (New-File "#TYPE Selected.PartnerCenterSR.ServiceRequest`nId,Status,Note`n$a,Closed,bye") } }
    ) {
        Get-Deed { & $Make | Update-PartnerServiceRequest } | Should -Be "$a {`"NewNote`":{`"Text`":`"bye`"},`"Status`":`"closed`"}"
    }

    It 'has its own state left out: <Name>' -ForEach @(
        @{ Name = 'as it is'; Make = { Get-PartnerServiceRequest $b | Select-Object Id, Status } }
        @{ Name = 'from Clixml'; Make = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-PartnerServiceRequest $b | Select-Object Id, Status))) } }
    ) {
        Get-Deed { & $Make | Update-PartnerServiceRequest -Note x } | Should -Be "$b {`"NewNote`":{`"Text`":`"x`"}}"
    }
}

Describe 'Two things for one' {
    It 'in a row are refused: <Name>' -ForEach @(
        @{ Name = 'notes'; Row = { @{ Id = $a; Note = 'x'; AddNote = 'y' } }; Error = 'InvalidNote' }
        @{ Name = 'customers'; Row = { @{ Id = $a; Note = 'x'; CustomerId = '3b33e682-00c3-41ee-9dd2-a548adf56438'; TenantId = '11111111-00c3-41ee-9dd2-a548adf56438' } }; Error = 'InvalidId' }
        @{ Name = 'ids'; Row = { @{ Id = 7; ServiceRequestId = $b; Note = 'x' } }; Error = 'InvalidId' }
    ) {
        Get-Deed { & $Row | Update-PartnerServiceRequest } | Should -Be $Error
    }

    It 'of which one is empty are one' {
        Get-Deed { @{ Id = ''; ServiceRequestId = $a; Note = ''; AddNote = 'y' } | Update-PartnerServiceRequest } | Should -Be "$a {`"NewNote`":{`"Text`":`"y`"}}"
    }

    It 'in an export of ours are refused: <Header>' -ForEach @(
        @{ Header = 'Id,Status,StatusText,Note,AddNote'; Cells = 'Open,Open,x,y' }
        @{ Header = 'Id,Status,status,StatusText,Note'; Cells = 'Open,Closed,Open,x' }
        @{ Header = 'Id,Status,StatusText,Note,Comment'; Cells = 'Open,Open,x,y' }
        @{ Header = 'Id,Status,StatusText,Note,NewStatus'; Cells = 'Open,Open,x,Closed' }
        @{ Header = 'Id,Status,StatusText,NewNote'; Cells = 'Closed,Open,what was done' }
    ) {
        Get-Deed { Update-PartnerServiceRequest -Path (New-File "$Header`n$a,$Cells") } | Should -Be 'InvalidCsv'
    }

    It 'with the new note of an export, piped, are refused' {
        Get-Deed { ConvertFrom-Csv "Id,Status,StatusText,NewNote`n$a,Closed,Open,what was done" | Update-PartnerServiceRequest } | Should -Be 'InvalidNote'
    }
}

Describe 'An empty variable' {
    It 'narrows nothing down: -<_>' -ForEach 'CreatedAfter', 'CreatedBefore', 'ModifiedAfter', 'ModifiedBefore', 'Status', 'Severity' {
        $with = @{ $_ = $null }
        { Get-PartnerServiceRequest @with } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }

    It 'of a list narrows nothing down: -<_>' -ForEach 'Status', 'Severity' {
        $with = @{ $_ = @() }
        { Get-PartnerServiceRequest @with } | Should -Throw -ErrorId 'ParameterArgumentValidationError*'
    }
}

Describe 'Everything of it' {
    It 'reaches the service where a file is piped with a customer' {
        $customer = '3b33e682-00c3-41ee-9dd2-a548adf56438'
        $null = Get-Item (New-File "Id,Note`n$a,x") | Update-PartnerServiceRequest -CustomerId $customer
        (Get-TestCall $server PATCH)[-1].path | Should -Be "/v1/customers/$customer/servicerequests/$a"
    }

    It 'is asked for again by an entry of a journal, <Name>' -ForEach @(
        @{ Name = 'itself'; Trip = { $_ } }
        @{ Name = 'with Select-Object'; Trip = { $_ | Select-Object * } }
        @{ Name = 'from CSV'; Trip = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Name = 'from JSON'; Trip = { $_ | ConvertTo-Json | ConvertFrom-Json } }
        @{ Name = 'from Clixml'; Trip = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($_)) } }
    ) {
        $entry = & $journal
        $sent = "$a {`"NewNote`":{`"Text`":`"n`"},`"Status`":`"closed`",`"Severity`":`"critical`",`"Title`":`"t`",`"Description`":`"d`"}"
        Get-Deed { $entry | ForEach-Object $Trip | Update-PartnerServiceRequest } | Should -Be $sent
        $file = New-File ''
        $entry | Export-Csv -LiteralPath $file
        Get-Deed { Update-PartnerServiceRequest -Path $file } | Should -Be $sent
    }

    BeforeAll {
        $journal = {
            $path = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.jsonl')
            Set-TestFault $server -Method PATCH -Status 400 -Body '{"code":"1","description":"No."}'
            Update-PartnerServiceRequest $a -Note n -Status Closed -Severity Critical -Title t -Description d -JournalPath $path -ErrorAction SilentlyContinue 6>$null
            Reset-TestFault $server
            Get-PartnerServiceRequestJournal $path
        }
    }

    It 'that an error was about is meant' {
        try { Update-PartnerServiceRequest -Path (New-File "Id,Note,Status`n$a,x,Never`n$b,y,Never") } catch { $refused = $_ }
        Get-Deed { $refused | Update-PartnerServiceRequest -Note fixed } | Should -Be "$a {`"NewNote`":{`"Text`":`"fixed`"}}", "$b {`"NewNote`":{`"Text`":`"fixed`"}}"
        ($refused | Get-PartnerServiceRequest).Id | Should -Be $a, $b
    }
}

Describe 'An id that is not exact' {
    It 'is refused: <_>' -ForEach '654,000', '654.000', ([float]616122292874576) {
        $given = $_
        Get-Deed { [pscustomobject]@{ Id = $given; Note = 'x' } | Update-PartnerServiceRequest } | Should -BeIn 'InvalidId', 'MangledId'
    }

    It 'is not the call of an exception' {
        Update-PartnerServiceRequest '123' -Note x -ErrorVariable missing -ErrorAction SilentlyContinue 6>$null
        $missing[0].Exception.RequestId | Should -Not -BeNullOrEmpty
        Get-Deed { $missing[0].Exception | Update-PartnerServiceRequest -Note x } | Should -Be 'InvalidId'
    }

    It 'of a struct stands for it' {
        Add-Type -TypeDefinition 'public struct Tk { public string Id { get; set; } }'
        $ticket = New-Object Tk
        $ticket.Id = $a
        Get-Deed { $ticket | Update-PartnerServiceRequest -Note x } | Should -Be "$a {`"NewNote`":{`"Text`":`"x`"}}"
    }
}

Describe 'A note that nobody wrote' {
    It 'is refused: <_>' -ForEach @(
        '#N/A', '#REF!', '#¡REF!', '#¿NOMBRE?', '#¡DIV/0!', '#DIV/0!', '#WERT!', '#NV', '#N/D', '#NOM?', '#GETTING_DATA', '########', '#Error', '#Name?', '#Deleted', 'Err:502', '#SPILL!'
        'NULL', '(null)', '[NULL]', '<NULL>', '\N', 'NaN', 'System.Object[]', 'System.Collections.Generic.Dictionary`2[System.String,System.Object]', 'PartnerCenterSR.ServiceRequestNote[]', '@{Text=x}'
    ) {
        $note = $_
        Get-Deed { @{ Id = $a; Note = $note } | Update-PartnerServiceRequest } | Should -Be 'InvalidNote'
    }

    It 'is not one that somebody did: <_>' -ForEach '#123456', '#SR123456', '#URGENT', 'Null and void', 'System down', '#1 on our list!', 'N/A', '-' {
        $note = $_
        Get-Deed { @{ Id = $a; Note = $note } | Update-PartnerServiceRequest } | Should -Be "$a {`"NewNote`":{`"Text`":`"$note`"}}"
    }

    It 'or cannot be read is that row''s error, and the others go' {
        $bad = [pscustomobject]@{ Id = $a } | Add-Member ScriptProperty new-note { throw 'boom' } -PassThru
        Get-Deed { $bad, @{ Id = $b; Note = 'x' } | Update-PartnerServiceRequest } | Should -Be "$b {`"NewNote`":{`"Text`":`"x`"}}", 'InvalidNote'
    }
}

Describe 'The words of an error' {
    It 'name the row once' {
        @{ Id = $a } | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue 6>$null
        "$($failed[0])" | Should -Match '^Row 1: (?!Row 1)'
        $failed[0].Exception.Message | Should -Match '^Row 1: (?!Row 1)'
    }

    It 'of the exception itself name the request and the row' {
        Set-TestFault $server -Method PATCH -Status 403 -Body '{"code":"2032","description":"No."}'
        @{ Id = $a; Note = 'x' } | Update-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue 6>$null
        Reset-TestFault $server
        $failed[0].Exception.Message | Should -BeLike "*Row 1 ($a)*"
        $failed[0].Exception.ServiceErrorCode | Should -Be '2032'
    }

    It 'name the line where a file and the command line both have a note' {
        { Update-PartnerServiceRequest -Path (New-File "Id,Note`n$a,`n$b,y") -Note z } | Should -Throw '*Line 3*'
    }

    It 'name the request that is not there' {
        Get-PartnerServiceRequest 123 -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed[0].Exception.Message | Should -BeLike '*123*'
    }
}

Describe 'What is piped beside requests' {
    It 'is no request: the count of -IncludeTotalCount' {
        Get-Deed { Get-PartnerServiceRequest -First 1 -IncludeTotalCount | Update-PartnerServiceRequest -Note x } | Should -Be "$a {`"NewNote`":{`"Text`":`"x`"}}"
        @(Get-PartnerServiceRequest -First 1 -IncludeTotalCount | Get-PartnerServiceRequest -ErrorAction Stop).Id | Should -Be $a
    }
}

Describe 'A filter' {
    It 'that is no pattern is told: -<_>' -ForEach 'Title', 'Organization' {
        $with = @{ $_ = '[' }
        { Get-PartnerServiceRequest @with } | Should -Throw -ErrorId 'InvalidPattern*'
        { Get-PartnerServiceRequest $a @with } | Should -Throw -ErrorId 'InvalidPattern*'
    }

    It 'by organization takes its name or its id, of lists and of ids' {
        (Get-PartnerServiceRequest -Organization 'fabrikam*').Organization.Name | Select-Object -Unique | Should -Be 'Fabrikam GmbH'
        (Get-PartnerServiceRequest -Organization '3b33e682-*').Organization.Name | Select-Object -Unique | Should -Be 'Fabrikam GmbH'
        (Get-PartnerServiceRequest $a, $b -Organization 'Wing*').Id | Should -Be $b
    }
}

Describe 'The cure of an error' {
    It 'of code <Code> is told' -ForEach @(
        @{ Code = '900420'; Status = 401; Id = 'Unauthenticated'; Cure = '*another API*' }
        @{ Code = '900420'; Status = 403; Id = 'AccessDenied'; Cure = '*another API*' }
        @{ Code = '20002'; Status = 403; Id = 'AccessDenied'; Cure = '*relationship*' }
        @{ Code = '20002'; Status = 400; Id = 'InvalidRequest'; Cure = '*relationship*' }
    ) {
        Set-TestFault $server -Status $Status -Body "{`"code`":`"$Code`",`"description`":`"No.`"}"
        try { Get-PartnerServiceRequest $a -ErrorAction Stop } catch { $failed = $_ } finally { Reset-TestFault $server }
        Get-ErrorId $failed | Should -Be $Id
        $failed.ErrorDetails.RecommendedAction | Should -BeLike $Cure
    }

    It 'has the details of the service in its words: <Body>' -ForEach @(
        @{ Body = '{"code":"60012","description":"It failed.","data":["LicenseQuotaExceededException : no licence"]}'; Words = '*It failed. LicenseQuotaExceededException : no licence (60012)*' }
        @{ Body = '{"code":"60012","data":[{"message":"the cause"}]}'; Words = '*the cause (60012)*' }
        @{ Body = '{"title":"One or more validation errors occurred.","status":400,"errors":{"Title":["Too long.","Too dull."],"NewNote.Text":["Empty."]}}'; Words = '*occurred. Title: Too long., Too dull. NewNote.Text: Empty (400)*' }
    ) {
        Set-TestFault $server -Status 400 -Body $Body
        try { Get-PartnerServiceRequest $a -ErrorAction Stop } catch { $failed = $_ } finally { Reset-TestFault $server }
        $failed.Exception.Message | Should -BeLike $Words
    }

    It 'has at most 1,024 characters of them' {
        Set-TestFault $server -Status 400 -Body ('{"code":"1","description":"' + 'x' * 900 + '","data":["' + 'y' * 900 + '"]}')
        try { Get-PartnerServiceRequest $a -ErrorAction Stop } catch { $failed = $_ } finally { Reset-TestFault $server }
        $failed.Exception.ServiceMessage.Length | Should -BeIn 1024, 1025
        $failed.Exception.Message | Should -BeLike '*yyy*'
    }

    It 'names the command that connects as this module has it' {
        $lines = Invoke-Fresh -NoImport '
            function Told { try { & $args[0] } catch { $_.ErrorDetails.RecommendedAction -replace " first.*" } }
            Import-Module $ManifestPath -Prefix SR; Told { Get-SRPartnerServiceRequest }; Remove-Module PartnerCenterSR
            function Connect-PartnerCenter { }
            Import-Module $ManifestPath; Told { Get-PartnerServiceRequest }
            Remove-Item function:Connect-PartnerCenter; Told { Get-PartnerServiceRequest }'
        $lines | Should -Be 'Run Connect-SRPartnerCenter', 'Run PartnerCenterSR\Connect-PartnerCenter', 'Run Connect-PartnerCenter'
    }
}
