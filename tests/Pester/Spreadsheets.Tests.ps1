# Files as spreadsheets, Export-Csv and people write them: what a person reads in them is what is sent, or nothing is.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $id, $second = (Get-SampleId 1), (Get-SampleId 2)

    # What is sent for a file of these bytes or lines: the bodies, or the id of the error and its words.
    function Get-Sent($Content, [hashtable]$With = @{}) {
        $file = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.csv')
        if ($Content -is [byte[]]) { [IO.File]::WriteAllBytes($file, $Content) } else { [IO.File]::WriteAllText($file, ($Content -join "`r`n"), [Text.UTF8Encoding]::new($false)) }
        $before = @(Get-TestCall $server -Method PATCH).Count
        $script:warned = $null
        $ended = try { $null = Update-PartnerServiceRequest -Path $file -ThrottleLimit 1 @With -WarningVariable script:warned -WarningAction SilentlyContinue 6>$null } catch { $_ }
        $sent = @(Get-TestCall $server -Method PATCH | Select-Object -Skip $before | Sort-Object number | ForEach-Object body)
        if ($ended) { @(Get-ErrorId $ended) + $ended.Exception.Message + $sent } else { $sent }
    }

    function Get-Note([string]$Text) { @{ NewNote = @{ Text = $Text } } | ConvertTo-Json -Compress }
    function Get-Bytes([string]$Encoding, [string[]]$Line) { , [Text.Encoding]::GetEncoding($Encoding).GetBytes($Line -join "`r`n") }
}

Describe 'A file' {
    BeforeAll {
        $server = Start-TestServer -Generation Older
        Connect-TestServer $server
        $culture = [Threading.Thread]::CurrentThread.CurrentCulture
    }

    AfterEach { [Threading.Thread]::CurrentThread.CurrentCulture = $culture }

    AfterAll {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'with <Name> is read as it is meant' -ForEach @(
        @{ Name = 'sep=;'; Line = 'sep=;', 'Id;Note', '616122292874581;a, b' ; Text = 'a, b' }
        @{ Name = '"sep=;"'; Line = '"sep=;"', 'Id;Note', '616122292874581;a, b'; Text = 'a, b' }
        @{ Name = '#TYPE'; Line = '#TYPE System.Management.Automation.PSCustomObject', '"Id","Note"', '"616122292874581","n"'; Text = 'n' }
        @{ Name = 'blank rows of a spreadsheet'; Line = 'Id;Note;;', ';;;', '616122292874581;n;;', ';;;', '  ;;;'; Text = 'n' }
        @{ Name = 'a blank before a quotation mark'; Line = 'Id, Note', '616122292874581, "a, b"'; Text = 'a, b' }
        @{ Name = 'doubled quotation marks'; Line = 'Id,Note', '616122292874581,"He said ""no"" twice"'; Text = 'He said "no" twice' }
        @{ Name = 'a note of several lines with semicolons'; Line = 'Id,Note', "616122292874581,`"one; two`r`nthree; four`""; Text = "one; two`r`nthree; four" }
        @{ Name = 'headers with blanks and hyphens'; Line = 'service-request id , New Note', '616122292874581,n'; Text = 'n' }
        @{ Name = 'armoured ids'; Line = 'Id;Note', '="616122292874581";n'; Text = 'n' }
        @{ Name = 'ids with a fraction of nothing'; Line = 'Id,Note', '616122292874581.0,n'; Text = 'n' }
    ) {
        Get-Sent $Line | Should -Be (Get-Note $Text)
    }

    It 'with quotation marks out of place is refused: <Cell>' -ForEach @(
        @{ Cell = '"He said "no" twice"' }, @{ Cell = '"He said "no"' }, @{ Cell = 'a "b" c' }, @{ Cell = '"a" b' }, @{ Cell = '""a"' }, @{ Cell = '"open' }
    ) {
        $sent = Get-Sent 'Id,Note', "616122292874581,$Cell"
        $sent[0] | Should -Be 'InvalidCsv'
        $sent | Should -HaveCount 2
    }

    It 'with the column <Header> is refused, with the name meant: <Meant>' -ForEach @(
        @{ Header = 'Notes'; Meant = 'Note' }, @{ Header = 'Comment'; Meant = 'Note' }, @{ Header = 'Kommentar'; Meant = 'Note' }, @{ Header = 'Noote'; Meant = 'Note' }
        @{ Header = 'State'; Meant = 'Status' }, @{ Header = 'Statut'; Meant = 'Status' }, @{ Header = 'Statuss'; Meant = 'Status' }
        @{ Header = 'Customer'; Meant = 'CustomerId' }, @{ Header = 'Tenant Idd'; Meant = 'CustomerId' }
    ) {
        $sent = Get-Sent "Id,Title,$Header,$(if ($Meant -eq 'Note') { 'Status' } else { 'Note' })", "616122292874581,t,x,$(if ($Meant -eq 'Note') { 'closed' } else { 'n' })"
        $sent[0] | Should -Be 'InvalidCsv'
        $sent[1] | Should -Match "'$Header'.*'$Meant'"
        $sent | Should -HaveCount 2
    }

    It 'with other columns says once which are not used' {
        Get-Sent 'Id,Owner,Note,Due', '616122292874581,me,n,today', '616122292874586,you,m,today' | Sort-Object | Should -Be (Get-Note m), (Get-Note n)
        $warned | Should -HaveCount 1
        "$warned" | Should -Match 'Owner, Due'
    }

    It 'with two columns for one thing is refused: <Header>' -ForEach @{ Header = 'Id,Note,NewNote' }, @{ Header = 'Id,ServiceRequestId,Note' }, @{ Header = 'Id,Note,note' } {
        (Get-Sent $Header, '616122292874581,a,b')[0] | Should -Be 'InvalidCsv'
    }

    It 'of our own export closes and reopens nothing: <Form>' -ForEach @(
        @{ Form = 'comma'; Export = { $args[0] | ConvertTo-Csv } }
        @{ Form = 'semicolon'; Export = { $args[0] | ConvertTo-Csv -Delimiter ';' } }
        @{ Form = 'tab'; Export = { $args[0] | ConvertTo-Csv -Delimiter "`t" } }
        @{ Form = 'with its type'; Export = { $args[0] | ConvertTo-Csv -IncludeTypeInformation } }
    ) {
        $request = Get-PartnerServiceRequest $id | Add-Member -NotePropertyName Note -NotePropertyValue 'from the export' -PassThru
        $null = Update-PartnerServiceRequest $id -Status $(if ($request.Status -eq 'Closed') { 'Open' } else { 'Closed' })
        Get-Sent (& $Export $request) | Should -Be (Get-Note 'from the export')
    }

    It 'of our own export asks for a status that was changed in it' {
        $request = Get-PartnerServiceRequest $second | Select-Object *
        $request.Status = if ($request.StatusText -eq 'Closed') { 'Open' } else { 'Closed' }
        Get-Sent ($request | ConvertTo-Csv) | Should -Be "{`"Status`":`"$("$($request.Status)".ToLower())`"}"
    }

    It 'gets a note and a status for all rows' {
        Get-Sent @('Id', $id, $second) @{ Note = 'all'; Status = 'Closed' } | Should -Be (@('{"NewNote":{"Text":"all"},"Status":"closed"}') * 2)
        Get-Sent @('Id,Note', "$id,", "$second,  ") @{ Note = 'all' } | Should -Be (Get-Note all), (Get-Note all)
        (Get-Sent @('Id,Note', "$id,", "$second,own") @{ Note = 'all' })[0] | Should -Be 'InvalidCsv'
    }

    It 'in <Encoding>, where the culture is <Culture>, reaches the customer as it was written, with one warning' -ForEach @(
        @{ Encoding = 'windows-1251'; Culture = 'ru-RU'; Text = 'Проблема решена' }
        @{ Encoding = 'windows-1252'; Culture = 'de-DE'; Text = 'Größe geprüft' }
        @{ Encoding = 'windows-1250'; Culture = 'pl-PL'; Text = 'Zażółć gęślą jaźń' }
        @{ Encoding = 'windows-1253'; Culture = 'el-GR'; Text = 'Το πρόβλημα λύθηκε' }
        @{ Encoding = 'windows-1254'; Culture = 'tr-TR'; Text = 'Şimdi çözüldü' }
        @{ Encoding = 'shift_jis'; Culture = 'ja-JP'; Text = '解決しました' }
        @{ Encoding = 'gb2312'; Culture = 'zh-CN'; Text = '问题已解决' }
    ) {
        [Text.Encoding]::RegisterProvider([Text.CodePagesEncodingProvider]::Instance)
        [Threading.Thread]::CurrentThread.CurrentCulture = $Culture
        $bytes = Get-Bytes $Encoding 'Id,Note', '616122292874586,plain', "616122292874581,$Text"
        $sent = Get-Sent $bytes
        ($sent -notmatch 'plain' | ConvertFrom-Json).NewNote.Text | Should -BeExactly $Text
        $warned | Should -HaveCount 1
        "$warned" | Should -Match 'line 3.*-Encoding'
    }

    It 'is read in the encoding that is named: <Named>' -ForEach @(
        @{ Named = 'windows-1251'; Encoding = 'windows-1251'; Text = 'Проблема' }
        @{ Named = 1251; Encoding = 'windows-1251'; Text = 'Проблема' }
        @{ Named = 'unicode'; Encoding = 'utf-16'; Text = 'Проблема' }
        @{ Named = 'utf8'; Encoding = 'utf-8'; Text = 'Проблема' }
        @{ Named = 'ansi'; Encoding = 'windows-1252'; Text = 'Größe' }
    ) {
        [Text.Encoding]::RegisterProvider([Text.CodePagesEncodingProvider]::Instance)
        $sent = Get-Sent (Get-Bytes $Encoding 'Id,Note', "616122292874581,$Text") @{ Encoding = $Named }
        ($sent | ConvertFrom-Json).NewNote.Text | Should -BeExactly $Text
        $warned | Should -BeNullOrEmpty
    }

    It 'that is not in the encoding that is named, or in one that there is not, is refused' {
        (Get-Sent ([byte[]]((Get-Bytes 'utf-8' 'Id,Note', '616122292874581,n') + 0xFF)) @{ Encoding = 'utf8' })[0] | Should -Be 'InvalidCsv'
        (Get-Sent (Get-Bytes 'utf-8' 'Id,Note', '616122292874581,n') @{ Encoding = 'klingon' })[1] | Should -Match 'klingon'
    }

    It 'that mixes encodings is refused, with the line' {
        $bytes = [byte[]]((Get-Bytes 'utf-8' 'Id,Note', '616122292874581,Größe', '616122292874586,x') + (Get-Bytes 'iso-8859-1' '', '616122292874591,Größe'))
        $sent = Get-Sent $bytes
        $sent[0] | Should -Be 'InvalidCsv'
        $sent[1] | Should -Match 'Line 4'
        $sent | Should -HaveCount 2
    }
}
