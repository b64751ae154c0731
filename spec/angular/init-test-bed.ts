/**
 * To be imported before all else by whoever uses Angular's test bed: what Angular publishes is compiled when it is first used, which
 * takes a compiler. The test bed is set up over its server's DOM, which needs no browser.
 */
import '@angular/compiler';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule } from '@angular/platform-browser/testing';
import { platformServer } from '@angular/platform-server';

TestBed.initTestEnvironment(BrowserTestingModule, platformServer());
