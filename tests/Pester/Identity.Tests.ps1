# What is piped or given stands for a request by its id: it never becomes a list of everything.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
    $first, $second = (Get-SampleId 0), (Get-SampleId 1)
    $customer = '01234567-89ab-cdef-0123-456789abcdef'
}

Describe 'Get-PartnerServiceRequest takes the identity of' {
    BeforeAll { $null = Connect-PartnerCenter -Emulator }
    AfterAll { Disconnect-PartnerCenter }

    It '<Name>' -ForEach @(
        @{ Name = 'text'; Given = { $first } }
        @{ Name = 'a whole number'; Given = { [long]$first } }
        @{ Name = 'a double that is whole'; Given = { [double]$first } }
        @{ Name = 'a decimal'; Given = { [decimal]$first } }
        @{ Name = 'a decimal with a point'; Given = { [decimal]"$first.0" } }
        @{ Name = 'a big integer'; Given = { [bigint]::Parse($first) } }
        @{ Name = 'a request'; Given = { Get-PartnerServiceRequest -First 30 | Where-Object Id -EQ $first } }
        @{ Name = 'a row'; Given = { [pscustomobject]@{ Id = $first; Title = 'x' } } }
        @{ Name = 'a row with a number'; Given = { [pscustomobject]@{ ServiceRequestId = [double]$first } } }
        @{ Name = 'a hashtable'; Given = { @{ id = $first } } }
        @{ Name = 'an ordered dictionary'; Given = { [ordered]@{ Note = 'n'; ServiceRequestId = $first } } }
        @{ Name = 'JSON'; Given = { "{`"id`":$first}" | ConvertFrom-Json } }
        @{ Name = 'a typed object'; Given = { Add-Type 'public class Ticket { public string ServiceRequestId { get; set; } }' -ErrorAction Ignore; New-Object Ticket -Property @{ ServiceRequestId = $first } } }
        @{ Name = 'a deserialized request'; Given = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-PartnerServiceRequest $first))) } }
        @{ Name = 'an error about a row'; Given = { try { Write-Error x -TargetObject ([pscustomobject]@{ Id = $first }) -ErrorAction Stop } catch { $_ } } }
        @{ Name = 'an object with an object as id'; Given = { [pscustomobject]@{ RequestId = [pscustomobject]@{ Id = $first } } } }
    ) {
        $given = & $Given
        ($given | Get-PartnerServiceRequest).Id | Should -Be $first
        (Get-PartnerServiceRequest $given).Id | Should -Be $first
        (Get-PartnerServiceRequest -Id $given, $second).Id | Should -Be $first, $second
    }

    It 'a data row' {
        $table = [Data.DataTable]::new()
        $null = $table.Columns.Add('Id')
        $null = $table.Rows.Add($first)
        ($table.Rows[0] | Get-PartnerServiceRequest).Id | Should -Be $first
    }

    It 'a journal entry' {
        $journal = Join-Path $TestDrive 'identity.jsonl'
        Update-PartnerServiceRequest $first, $second -Note identity -JournalPath $journal | Out-Null
        (Get-PartnerServiceRequestJournal $journal | Get-PartnerServiceRequest).Id | Should -Be $first, $second
        (Get-PartnerServiceRequest (Get-PartnerServiceRequestJournal $journal)).Id | Should -Be $first, $second
    }
}

Describe 'Get-PartnerServiceRequest never lists everything for' {
    BeforeAll {
        $server = Start-TestServer
        Connect-TestServer $server
    }

    AfterAll {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It '<Name>' -ForEach @(
        @{ Name = 'a row with an empty id'; Given = { [pscustomobject]@{ Id = ''; CustomerId = $customer } }; Id = 'InvalidId' }
        @{ Name = 'a row whose id is null'; Given = { [pscustomobject]@{ Id = $null; CustomerId = $customer } }; Id = 'InvalidId' }
        @{ Name = 'a row of a database without id'; Given = { [pscustomobject]@{ Id = [DBNull]::Value } }; Id = 'InvalidId' }
        @{ Name = 'a double that is not whole'; Given = { [double]616122292874576.5 }; Id = 'InvalidId' }
        @{ Name = 'a hashtable without id'; Given = { @{ Note = 'x' } }; Id = 'InvalidId' }
        @{ Name = 'an object without id'; Given = { [pscustomobject]@{ Name = 'x' } }; Id = 'InvalidId' }
        @{ Name = 'a truth value'; Given = { $true }; Id = 'InvalidId' }
        @{ Name = 'a date'; Given = { Get-Date }; Id = 'InvalidId' }
        @{ Name = 'an id with a line end'; Given = { "616122292874576`n5" }; Id = 'InvalidId' }
    ) {
        $before = @(Get-TestCall $server).Count
        $found = & $Given | Get-PartnerServiceRequest -ErrorVariable failed -ErrorAction SilentlyContinue
        $found | Should -BeNullOrEmpty
        Get-ErrorId $failed | Should -Be $Id
        @(Get-TestCall $server).Count | Should -Be $before
    }

    It 'a -CustomerId that is <Name>' -ForEach @{ Name = 'null'; Value = $null }, @{ Name = 'empty'; Value = '' }, @{ Name = 'blank'; Value = ' ' }, @{ Name = 'a list with an empty one'; Value = @('01234567-89ab-cdef-0123-456789abcdef', '') } {
        { Get-PartnerServiceRequest -CustomerId $Value } | Should -Throw -ErrorId 'InvalidId*'
        Get-TestCall $server | Should -BeNullOrEmpty
    }

    It 'an empty list of ids, which is nothing' {
        Get-PartnerServiceRequest -Id @() | Should -BeNullOrEmpty
        @() | Get-PartnerServiceRequest | Should -BeNullOrEmpty
        Get-TestCall $server | Should -BeNullOrEmpty
    }
}

Describe 'Filters on what is piped' {
    BeforeAll {
        $null = Connect-PartnerCenter -Emulator
        $mine = Get-PartnerServiceRequest | Select-Object -First 6
    }

    AfterAll { Disconnect-PartnerCenter }

    It 'choose among these: <Name>' -ForEach @(
        @{ Name = 'status'; Filter = @{ Status = 'Open' }; Keeps = { $_.Status -eq 'Open' } }
        @{ Name = 'several states'; Filter = @{ Status = 'closed', 'attention_needed' }; Keeps = { $_.Status -in 'Closed', 'AttentionNeeded' } }
        @{ Name = 'severity'; Filter = @{ Severity = 'Critical' }; Keeps = { $_.Severity -eq 'Critical' } }
        @{ Name = 'title'; Filter = @{ Title = '*mail*' }; Keeps = { $_.Title -like '*mail*' } }
    ) {
        $expected = @($mine | Where-Object $Keeps)
        $expected.Count | Should -BeIn (1..5)
        @($mine | Get-PartnerServiceRequest @Filter).Id | Should -Be $expected.Id
        @(Get-PartnerServiceRequest -Id $mine.Id @Filter).Id | Should -Be $expected.Id
    }

    It 'keep to a status read again: what was closed meanwhile is not open' {
        $open = @($mine | Where-Object Status -EQ Open)
        Update-PartnerServiceRequest $open[0].Id -Status Closed | Out-Null
        @($open | Get-PartnerServiceRequest -Status Open).Id | Should -Be @($open | Select-Object -Skip 1).Id
    }

    It 'refuse a status that is none' {
        { Get-PartnerServiceRequest -Status Nearly } | Should -Throw '*Nearly*' -ErrorId 'InvalidStatus*'
    }

    It 'list a customer where the object is a customer, and no request' {
        $server = Start-TestServer
        Connect-TestServer $server
        [pscustomobject]@{ TenantId = $customer; Name = 'Contoso' } | Get-PartnerServiceRequest -ErrorAction SilentlyContinue | Out-Null
        (Get-TestCall $server).path | Should -Be "/v1/customers/$customer/servicerequests"
        Stop-TestServer $server
    }
}

Describe 'A request' {
    BeforeAll { $null = Connect-PartnerCenter -Emulator }
    AfterAll { Disconnect-PartnerCenter }

    It 'has its id by the other name, its newest note, and its ages' {
        $request = Update-PartnerServiceRequest $first -Note newest
        $request.ServiceRequestId | Should -Be $first
        $request.LastNote.Text | Should -Be newest
        $request.LastNote.ServiceRequestId | Should -Be $first
        ($request.LastNote | Get-PartnerServiceRequest).Id | Should -Be $first
        $request.Age | Should -BeGreaterThan $request.SinceLastUpdate
        (Get-PartnerServiceRequest -First 1).LastNote | Should -BeNullOrEmpty
        @(Get-PartnerServiceRequest | Sort-Object Age)[0].CreatedDate | Should -Be (Get-PartnerServiceRequest | Sort-Object CreatedDate | Select-Object -Last 1).CreatedDate
    }
}

Describe 'A list that is not what it should be' {
    BeforeEach {
        $server = Start-TestServer
        Connect-TestServer $server
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'that repeats a page is warned of, and gives each request once' {
        $items = 0..2 | ForEach-Object { @{ id = Get-SampleId $_; title = "t$_" } }
        Set-TestFault $server -Status 200 -Body (@{ totalCount = 9; items = $items } | ConvertTo-Json -Depth 5)
        @(Get-PartnerServiceRequest -WarningVariable warned -WarningAction SilentlyContinue).Count | Should -Be 3
        "$warned" | Should -Match '3 requests.*9'
    }

    It 'that is empty says once which switch may be missing' {
        Set-TestFault $server -Status 200 -Body '{"totalCount":0,"items":[]}'
        Get-PartnerServiceRequest -Status Open, Closed -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warned | Should -HaveCount 1
        "$warned" | Should -Match '-IncludeOrganizationRequests'
        Get-PartnerServiceRequest -IncludeOrganizationRequests -WarningVariable warned | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
    }

    It 'that a filter here leaves empty is no such list' {
        Get-PartnerServiceRequest -Title 'no such title' -WarningVariable warned | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
    }
}
