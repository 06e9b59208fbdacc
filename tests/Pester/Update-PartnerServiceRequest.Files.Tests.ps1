# CSV files given with -Path: checked whole before anything is sent.

BeforeAll {
    . (Join-Path $PSScriptRoot 'Module.ps1')
}

Describe 'Update-PartnerServiceRequest -Path' {
    BeforeEach {
        Connect-PartnerCenter -Emulator | Out-Null
        $file = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.csv')
    }

    AfterEach {
        Disconnect-PartnerCenter
    }

    Context 'with the file of the examples' {
        It 'updates sixty and reports the one that does not exist' {
            $csv = Join-Path $ExamplesPath 'updates.csv'
            $updated = Update-PartnerServiceRequest -Path $csv -ThrottleLimit 8 -ErrorVariable failed -ErrorAction SilentlyContinue
            $updated.Count | Should -Be 60
            Get-ErrorId $failed | Should -Be 'NotFound'
            "$failed" | Should -Match '^Line 18 \(616122292999999\)'
        }

        It 'gives the requests in the order of the file' {
            $csv = Join-Path $ExamplesPath 'updates.csv'
            $updated = Update-PartnerServiceRequest -Path $csv -ThrottleLimit 8 -ErrorAction SilentlyContinue
            $updated.Id | Should -Be (Import-Csv -LiteralPath $csv | Where-Object Id -NE '616122292999999').Id
        }

        It 'lands each note exactly once' {
            $csv = Join-Path $ExamplesPath 'updates.csv'
            Update-PartnerServiceRequest -Path $csv -ThrottleLimit 8 -ErrorAction SilentlyContinue | Out-Null
            $wanted = Import-Csv -LiteralPath $csv | Where-Object Id -NE '616122292999999' | ForEach-Object { '{0} {1}' -f $_.Id, $_.Note } | Sort-Object
            Get-AddedNote | ForEach-Object { '{0} {1}' -f $_.Id, $_.Text } | Sort-Object | Should -Be $wanted
        }
    }

    Context 'with a file that has bad rows' {
        It 'sends nothing at all' {
            $before = Get-State
            { Update-PartnerServiceRequest -Path (Join-Path $ExamplesPath 'updates-with-mistakes.csv') } | Should -Throw -ErrorId 'InvalidCsv*'
            Get-AddedNote | Should -BeNullOrEmpty
            Get-State | Should -Be $before
        }

        It 'reports all of them, each with its line' {
            try { Update-PartnerServiceRequest -Path (Join-Path $ExamplesPath 'updates-with-mistakes.csv') } catch { $failed = $_ }
            "$failed" | Should -Match '3 of 4 rows'
            "$failed" | Should -Match '(?m)^Line 3: .6,16122E\+14'
            "$failed" | Should -Match '(?m)^Line 4: .Finito'
            "$failed" | Should -Match '(?m)^Line 5: There is nothing to change'
        }

        It 'has the bad rows as the target of the error, to be exported' {
            try { Update-PartnerServiceRequest -Path (Join-Path $ExamplesPath 'updates-with-mistakes.csv') } catch { $failed = $_ }
            $failed.TargetObject | Export-Csv -LiteralPath $file -NoTypeInformation
            $rows = Import-Csv -LiteralPath $file
            $rows.Line | Should -Be '3', '4', '5'
            $rows.Id | Should -Be '6,16122E+14', (Get-SampleId 1), (Get-SampleId 2)
            $rows.ErrorId | Should -Be 'MangledId', 'InvalidStatus', 'NothingToUpdate'
        }

        It 'counts lines, not rows, where a note has several lines' {
            Set-Content -LiteralPath $file -Value 'Id,Note', "$(Get-SampleId 0),`"first`nsecond`nthird`"", 'abc,x'
            { Update-PartnerServiceRequest -Path $file } | Should -Throw -ErrorId 'InvalidCsv*' -ExpectedMessage '*Line 5: *abc*'
        }

        It 'sends nothing when the last of many rows is bad' {
            Set-Content -LiteralPath $file -Value (@('Id,Note') + (0..23 | ForEach-Object { "$(Get-SampleId $_),x" }) + 'abc,x')
            { Update-PartnerServiceRequest -Path $file } | Should -Throw -ErrorId 'InvalidCsv*'
            Get-AddedNote | Should -BeNullOrEmpty
        }
    }

    Context 'with a file that is none' {
        It 'refuses <What>' -ForEach @(
            @{ What = 'an empty file'; Text = '' }
            @{ What = 'a file without a column Id'; Text = "Number,Note`n616122292874576,x" }
            @{ What = 'a file that names no change'; Text = "Id,Title`n616122292874576,x" }
            @{ What = 'a file with a column twice'; Text = "Id,Note,Note`n616122292874576,x,y" }
            @{ What = 'a file with an open quotation mark'; Text = "Id,Note`n616122292874576,`"x" }
            @{ What = 'a row with too many cells'; Text = "Id,Note`n616122292874576,x,y" }
        ) {
            [IO.File]::WriteAllText($file, $Text)
            { Update-PartnerServiceRequest -Path $file } | Should -Throw -ErrorId 'InvalidCsv*'
            Get-AddedNote | Should -BeNullOrEmpty
        }

        It 'refuses a file that is not there' {
            { Update-PartnerServiceRequest -Path $file } | Should -Throw -ErrorId 'PathNotFound,*'
        }
    }

    Context 'with files as people have them' {
        It 'tells <Name> apart' -ForEach @(
            @{ Name = 'commas'; Mark = ',' }
            @{ Name = 'semicolons'; Mark = ';' }
            @{ Name = 'tabs'; Mark = "`t" }
        ) {
            Set-Content -LiteralPath $file -Value ('Id', 'Note', 'Status' -join $Mark), ((Get-SampleId 0), 'one', 'Closed' -join $Mark)
            $updated = Update-PartnerServiceRequest -Path $file
            $updated.Status | Should -Be Closed
            (Get-AddedNote).Text | Should -Be 'one'
        }

        It 'is told of another delimiter' {
            Set-Content -LiteralPath $file -Value 'Id~Note', "$(Get-SampleId 0)~one"
            Update-PartnerServiceRequest -Path $file -Delimiter '~' | Out-Null
            (Get-AddedNote).Text | Should -Be 'one'
        }

        It 'reads <Name>' -ForEach @(
            @{ Name = 'UTF-8 without a mark'; Encoding = { New-Object Text.UTF8Encoding $false } }
            @{ Name = 'UTF-8 with a mark'; Encoding = { New-Object Text.UTF8Encoding $true } }
            @{ Name = 'UTF-16'; Encoding = { [Text.Encoding]::Unicode } }
            @{ Name = 'Windows-1252'; Encoding = { [Text.Encoding]::GetEncoding('iso-8859-1') } }
        ) {
            $note = 'Gr' + [char]0xFC + [char]0xDF + 'e, d' + [char]0xE9 + 'j' + [char]0xE0 + ' vu'
            [IO.File]::WriteAllText($file, "Id;Note`r`n$(Get-SampleId 0);$note`r`n", (& $Encoding))
            Update-PartnerServiceRequest -Path $file | Out-Null
            (Get-AddedNote).Text | Should -BeExactly $note
        }

        It 'takes the headers of the aliases' {
            Set-Content -LiteralPath $file -Value 'ServiceRequestId,NewNote', "$(Get-SampleId 0),one"
            Update-PartnerServiceRequest -Path $file | Out-Null
            (Get-AddedNote).Text | Should -Be 'one'
        }

        It 'takes a name with brackets as it is with -LiteralPath' {
            $odd = Join-Path $TestDrive 'updates [1].csv'
            Set-Content -LiteralPath $odd -Value 'Id,Note', "$(Get-SampleId 0),one"
            Update-PartnerServiceRequest -LiteralPath $odd | Out-Null
            (Get-AddedNote).Text | Should -Be 'one'
        }

        It 'takes the file from Get-ChildItem' {
            Set-Content -LiteralPath $file -Value 'Id,Note', "$(Get-SampleId 0),one"
            Get-ChildItem -LiteralPath $file | Update-PartnerServiceRequest | Out-Null
            (Get-AddedNote).Text | Should -Be 'one'
        }

        It 'checks a piped file as a whole' {
            Set-Content -LiteralPath $file -Value 'Id,Note', "$(Get-SampleId 0),one", 'nonsense,two'
            { Get-Item -LiteralPath $file | Update-PartnerServiceRequest } | Should -Throw -ErrorId 'InvalidCsv*'
            Get-AddedNote | Should -BeNullOrEmpty
        }

        It 'reads a path of a PowerShell drive' {
            Set-Content -LiteralPath (Join-Path $TestDrive 'drive.csv') -Value 'Id,Note', "$(Get-SampleId 0),one"
            Update-PartnerServiceRequest -Path 'TestDrive:\drive.csv' | Out-Null
            (Get-AddedNote).Text | Should -Be 'one'
        }

        It 'reads what Export-Csv wrote' {
            [pscustomobject]@{ Id = Get-SampleId 0; Note = 'with "marks", commas; and more' } | Export-Csv -LiteralPath $file -NoTypeInformation
            Update-PartnerServiceRequest -Path $file | Out-Null
            (Get-AddedNote).Text | Should -BeExactly 'with "marks", commas; and more'
        }
    }

    Context 'and what the service refuses' {
        It 'names the same line in the message and in the target' {
            Set-Content -LiteralPath $file -Value 'Id,Note', "$(Get-SampleId 0),one", '616122292999999,two'
            Update-PartnerServiceRequest -Path $file -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            "$failed" | Should -Match '^Line 3 '
            $failed[0].TargetObject.Line | Should -Be 3
        }

        It 'goes to a CSV file, is mended there, and comes back in' {
            Set-Content -LiteralPath $file -Value 'Id,Note,Status', "$(Get-SampleId 0),one,", '616122292999999,two,Closed'
            Update-PartnerServiceRequest -Path $file -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            $again = Join-Path $TestDrive 'again.csv'
            $failed.TargetObject | Export-Csv -LiteralPath $again -NoTypeInformation
            (Get-Content -LiteralPath $again) -replace '616122292999999', (Get-SampleId 1) | Set-Content -LiteralPath $again
            $updated = Update-PartnerServiceRequest -Path $again
            $updated.Id | Should -Be (Get-SampleId 1)
            $updated.Status | Should -Be Closed
            (Get-AddedNote).Text | Should -Be 'one', 'two'
        }
    }
}

Describe 'A file on its way to the service' {
    BeforeEach {
        $server = Start-TestServer
        Connect-TestServer $server
        $file = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N') + '.csv')
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'bears aliases, blank lines, other columns and notes of several lines' {
        [IO.File]::WriteAllText($file, "Owner,RequestId,NewNote,Title`r`n`r`nme, $(Get-SampleId 0) ,`"line 1`r`nline 2`",t`r`n`r`n,$(Get-SampleId 1),`"say `"`"hi`"`"`"")
        (Update-PartnerServiceRequest -LiteralPath $file).Id | Should -Be (Get-SampleId 0), (Get-SampleId 1)
        Get-TestNote $server (Get-SampleId 0) | Should -BeExactly "line 1`r`nline 2"
        Get-TestNote $server (Get-SampleId 1) | Should -BeExactly 'say "hi"'
        (Get-TestCall $server PATCH).body -match 'Title' | Should -BeNullOrEmpty
    }

    It 'that has bad rows is not sent, and tells each with its line and its error id' {
        [IO.File]::WriteAllText($file, "Id,Note,Status`n$(Get-SampleId 0),fine,`n6.16122E+14,x,`n`"$(Get-SampleId 0)`",`"two`nlines`",Finito`n$(Get-SampleId 0),,`n$(Get-SampleId 0),too,many,cells`nabc,x,`n$(Get-SampleId 0),`"open,`n")
        try { Update-PartnerServiceRequest -LiteralPath $file } catch { $failed = $_ }
        Get-ErrorId $failed | Should -Be 'InvalidCsv'
        Get-TestCall $server | Should -BeNullOrEmpty
        $failed.TargetObject.Line | Should -Be 3, 4, 6, 7, 8, 9
        $failed.TargetObject.ErrorId | Should -Be 'MangledId', 'InvalidStatus', 'NothingToUpdate', 'InvalidCsv', 'InvalidId', 'InvalidCsv'
        foreach ($line in 3, 4, 6, 7, 8, 9) { "$failed" | Should -Match "(?m)^Line ${line}:" }
    }

    It 'of ids alone takes its change from the command line' {
        Set-Content -LiteralPath $file -Value 'Id', (Get-SampleId 0)
        Update-PartnerServiceRequest -LiteralPath $file -Severity Minimal | Out-Null
        Get-TestValue $server (Get-SampleId 0) severity | Should -Be 'minimal'
    }

    It 'has progress with a percentage, which is completed at the end' {
        Set-Content -LiteralPath $file -Value (@('Id,Note') + (0..49 | ForEach-Object { "$(Get-SampleId ($_ % 20)),n$_" }))
        $run = Invoke-InRunspace -Connect $server -ArgumentList $file 'param($file) Update-PartnerServiceRequest -LiteralPath $file'
        $progress = @($run.Progress | Where-Object Activity -eq 'Updating service requests')
        $progress[0].PercentComplete | Should -BeGreaterOrEqual 0
        $progress[0].StatusDescription | Should -Match '\b50\b'
        $progress[-1].RecordType | Should -Be Completed
    }

    It 'tells a row that the service refuses by its line, past blank ones, and as a row to export' {
        [IO.File]::WriteAllText($file, "Id,Note`n$(Get-SampleId 0),a`n`n1234567890,b`n")
        Update-PartnerServiceRequest -LiteralPath $file -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
        Get-ErrorId $failed | Should -Be 'NotFound'
        "$failed" | Should -Match '^Line 4 \(1234567890\)'
        $failed[0].TargetObject.Id, $failed[0].TargetObject.Note | Should -Be '1234567890', 'b'
    }
}

Describe 'Several files in one pipeline' {
    BeforeEach {
        # Slow enough for progress to be shown in the second file too.
        $server = Start-TestServer -LatencyMs 30
        Connect-TestServer $server
        $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Path $folder
        $files = foreach ($name in 'a', 'b') {
            $file = Join-Path $folder "$name.csv"
            Set-Content -LiteralPath $file -Value (@('Id,Note') + (0..29 | ForEach-Object { "$(Get-SampleId ($_ % 3)),same" }))
            Get-Item -LiteralPath $file
        }
        $journal = Join-Path $folder 'run.jsonl'
    }

    AfterEach {
        Disconnect-PartnerCenter
        Stop-TestServer $server
    }

    It 'are one run: one count, one percentage, one set of rows in the journal' {
        $run = Invoke-InRunspace -Connect $server -ArgumentList $files, $journal 'param($files, $journal) $files | Update-PartnerServiceRequest -JournalPath $journal'
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -HaveCount 60
        $progress = @($run.Progress | Where-Object { $_.Activity -eq 'Updating service requests' -and $_.RecordType -eq 'Processing' })
        $progress.PercentComplete | ForEach-Object { $_ | Should -BeIn (-1..100) }
        $progress[-1].StatusDescription | Should -Match '/60'
        @($run.Progress | Where-Object RecordType -eq Completed) | Should -HaveCount 1
        (Get-PartnerServiceRequestJournal $journal).Row | Should -Be (1..60)
    }

    It 'have equal rows that are told apart: the run is safe to repeat' {
        1..2 | ForEach-Object { $files | Update-PartnerServiceRequest -JournalPath $journal | Out-Null }
        Get-TestCall $server PATCH | Should -HaveCount 60
        Get-TestNote $server (Get-SampleId 0) | Should -HaveCount 20
    }
}

Describe 'What cannot be shown' {
    It 'does not end a run' {
        $server = Start-TestServer
        $rows = 0..9 | ForEach-Object { [pscustomobject]@{ Id = Get-SampleId $_; Note = 'x' } }
        $run = Invoke-InRunspace -Connect $server -ArgumentList (, $rows) 'param($rows) $ProgressPreference = ''Stop''; $rows | Update-PartnerServiceRequest'
        $run.Errors | Should -BeNullOrEmpty
        $run.Output | Should -HaveCount 10
        Stop-TestServer $server
    }
}
